namespace Pcapper.Engine;

/// <summary>A number that a detection compares with: a static field beside its <see cref="FindingType"/>, which lists it. Rules of the user may change it.</summary>
/// <param name="name">Its name in rules, <c>lower-case-words</c>.</param>
/// <param name="usual">What holds unless rules say otherwise.</param>
/// <param name="text">What it counts, with its unit: <c>ports of one host, at least</c>.</param>
/// <param name="least">The smallest number that makes sense.</param>
public sealed class Threshold(string name, long usual, string text, long least = 1)
{
    /// <summary>Gets its name in rules.</summary>
    public string Name => name;

    /// <summary>Gets what holds unless rules say otherwise.</summary>
    public long Usual => usual;

    /// <summary>Gets what it counts, with its unit.</summary>
    public string Text => text;

    /// <summary>Gets the smallest number that makes sense.</summary>
    public long Least => least;
}
