namespace Pcapper.Engine;

/// <summary>
/// A password, token or hash. It has no way into a text but <see cref="Reveal"/>; a <see cref="Cell"/> made of it knows what it holds, and
/// <see cref="Redaction"/> masks it.
/// </summary>
public sealed record Secret
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "***";

    private readonly string _text;

    private Secret(string text) => _text = text;

    /// <summary>Makes a secret of a text; null stays null.</summary>
    public static Secret? From(string? text) => text is null ? null : new Secret(text);

    /// <summary>Gets the text. It may go to a state, to <see cref="Cell.Secret"/>, or into a file of hashes, nowhere else.</summary>
    public string Reveal() => _text;

    /// <summary>Gets the mask.</summary>
    public override string ToString() => Mask;
}
