namespace Pcapper.Engine;

/// <summary>What a TCP segment was, seen from the stream that it belongs to.</summary>
public enum SegmentKind : byte
{
    /// <summary>No payload.</summary>
    Empty,

    /// <summary>The next bytes, or bytes ahead of them after a loss.</summary>
    New,

    /// <summary>Bytes that came after later ones but had not been sent before.</summary>
    OutOfOrder,

    /// <summary>Bytes that had been sent before.</summary>
    Retransmission,

    /// <summary>A probe of at most one byte in front of the next ones (RFC 9293, 3.8.4).</summary>
    KeepAlive,

    /// <summary>One byte sent into a closed window (RFC 9293, 3.8.6.1).</summary>
    WindowProbe,

    /// <summary>Bytes so far from the next ones that no receiver would take them (RFC 9293, 3.10.7.4).</summary>
    Outside,
}
