namespace Pcapper.Engine;

/// <summary>Where and how record logs are written.</summary>
/// <param name="Format">The form of the rows.</param>
/// <param name="Folder">The folder; it is made if it is missing.</param>
public sealed record LogExport(LogFormat Format, string Folder);
