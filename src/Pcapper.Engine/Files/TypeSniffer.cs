namespace Pcapper.Engine;

/// <summary>Tells a media type by a file's first bytes, or null.</summary>
public delegate string? TypeSniffer(ReadOnlySpan<byte> start);
