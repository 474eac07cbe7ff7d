namespace Pcapper.Engine;

/// <summary>Bytes as hexadecimal and ASCII.</summary>
public sealed class HexDumpBlock : Block
{
    /// <summary>The most bytes shown.</summary>
    public const int MaxBytes = 512;

    internal HexDumpBlock(string title, ReadOnlySpan<byte> bytes)
    {
        Title = title;
        Total = bytes.Length;
        Bytes = bytes[..Math.Min(bytes.Length, MaxBytes)].ToArray();
    }

    /// <summary>Gets the heading, printable.</summary>
    public string Title { get; }

    /// <summary>Gets the bytes shown.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Gets how many bytes there were.</summary>
    public int Total { get; }
}
