namespace Pcapper.Modules.FileTypes;

/// <summary>A type of file.</summary>
/// <param name="Media">Its media type.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Endings">The usual ends of names, in lower case, without the dot.</param>
internal sealed record FileType(string Media, FileKind Kind, params IReadOnlyList<string> Endings);
