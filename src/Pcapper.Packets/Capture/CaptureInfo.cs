namespace Pcapper.Packets;

/// <summary>What a capture file says of itself; complete when its reader has come to the end.</summary>
public sealed class CaptureInfo
{
    /// <summary>Gets or sets the format: <c>pcap</c>, <c>pcap (nanoseconds)</c>, <c>pcap (modified)</c>, <c>pcapng</c>, <c>snoop</c>.</summary>
    public required string Format { get; set; }

    /// <summary>Gets the interfaces in the order of the file, those of all sections.</summary>
    public List<CaptureInterface> Interfaces { get; } = [];

    /// <summary>Gets the comments of sections, interfaces and frames, raw, at most a hundred.</summary>
    public List<string> Comments { get; } = [];

    /// <summary>Gets or sets how many blocks of decryption secrets there are.</summary>
    public int SecretBlocks { get; set; }

    /// <summary>Gets or sets the bytes of all decryption secrets.</summary>
    public long SecretBytes { get; set; }

    /// <summary>Gets the addresses and names of name resolution blocks, raw.</summary>
    public List<(IpAddress Address, string Name)> Names { get; } = [];

    /// <summary>Gets or sets the application that wrote the file, raw.</summary>
    public string? Application { get; set; }

    /// <summary>Gets or sets the hardware it was written on, raw.</summary>
    public string? Hardware { get; set; }

    /// <summary>Gets or sets the operating system it was written on, raw.</summary>
    public string? OperatingSystem { get; set; }

    /// <summary>Gets or sets how many sections the file has (1 for formats without sections).</summary>
    public int Sections { get; set; } = 1;

    /// <summary>Gets or sets how many blocks were passed over because their type is not known.</summary>
    public int UnknownBlocks { get; set; }

    /// <summary>Gets or sets the frames read so far.</summary>
    public long Frames { get; set; }

    /// <summary>Gets or sets why reading stopped before the end, or what was damaged; null if all is well.</summary>
    public string? Problem { get; set; }
}
