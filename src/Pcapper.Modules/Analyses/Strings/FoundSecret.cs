namespace Pcapper.Modules.Analyses.Strings;

/// <summary>A secret in a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Itself.</param>
/// <param name="At">Where it begins.</param>
internal readonly record struct FoundSecret(string Kind, string Text, int At);
