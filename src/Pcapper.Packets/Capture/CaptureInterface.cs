namespace Pcapper.Packets;

/// <summary>One interface that a capture was taken on.</summary>
public sealed record CaptureInterface
{
    /// <summary>Gets the index among all interfaces of the file, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>Gets what frames of it begin with.</summary>
    public required LinkType LinkType { get; init; }

    /// <summary>Gets the largest number of bytes captured of a frame; 0 means no limit.</summary>
    public required long SnapLength { get; init; }

    /// <summary>Gets its name (if_name); raw text of the file.</summary>
    public string? Name { get; init; }

    /// <summary>Gets its description (if_description); raw text of the file.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the capture filter (if_filter); raw text of the file.</summary>
    public string? Filter { get; init; }

    /// <summary>Gets the operating system of the capturing host (if_os); raw text of the file.</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>Gets the link address (if_MACaddr).</summary>
    public MacAddress? Mac { get; init; }

    /// <summary>Gets the speed in bits per second (if_speed).</summary>
    public ulong? Speed { get; init; }

    /// <summary>Gets or sets the frames that the interface dropped (isb_ifdrop of the last statistics block), if recorded.</summary>
    public ulong? Dropped { get; set; }
}
