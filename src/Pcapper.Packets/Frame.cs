namespace Pcapper.Packets;

/// <summary>One captured frame; its bytes are valid until the next one is read.</summary>
public ref struct Frame
{
    /// <summary>Which frame of which capture.</summary>
    public FrameRef Ref;

    /// <summary>When it was captured.</summary>
    public Timestamp Time;

    /// <summary>What its first header is.</summary>
    public LinkType LinkType;

    /// <summary>Index of the interface in <see cref="CaptureInfo.Interfaces"/>.</summary>
    public int Interface;

    /// <summary>How long it was on the wire, in bytes; never less than <see cref="Bytes"/>.</summary>
    public int OriginalLength;

    /// <summary>What was captured of it.</summary>
    public ReadOnlySpan<byte> Bytes;
}
