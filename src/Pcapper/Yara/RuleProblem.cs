namespace Pcapper.Yara;

/// <summary>An error in a file of rules.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">The line, 1 for the first; 0 for the end of the file.</param>
/// <param name="Text">What libyara says of it.</param>
internal sealed record RuleProblem(string Path, int Line, string Text);
