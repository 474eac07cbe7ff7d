namespace Pcapper.Modules.Protocols.Smb;

/// <summary>A connected share.</summary>
/// <param name="Path">The share, raw.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record SmbTree(string Path, SmbFileKind Kind);
