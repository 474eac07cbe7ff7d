namespace Pcapper.Modules.Analyses.Health;

/// <summary>
/// What a TCP segment says of the health of its connection, by the definitions of the Wireshark User's Guide, "TCP Analysis".
/// The kinds of retransmission are told apart: one that is fast or spurious is a retransmission as well.
/// </summary>
[Flags]
public enum SegmentNotes : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It repeats bytes, a SYN or a FIN.</summary>
    Retransmission = 1 << 0,

    /// <summary>It repeats what two duplicate acknowledgments asked for, within 20 ms.</summary>
    FastRetransmission = 1 << 1,

    /// <summary>It repeats what was acknowledged before.</summary>
    SpuriousRetransmission = 1 << 2,

    /// <summary>It comes after later bytes, too soon to be a retransmission.</summary>
    OutOfOrder = 1 << 3,

    /// <summary>Bytes in front of it are not in the capture (yet).</summary>
    PreviousNotCaptured = 1 << 4,

    /// <summary>It acknowledges what was acknowledged before, as when a segment is missing.</summary>
    DuplicateAck = 1 << 5,

    /// <summary>Its sender takes no more bytes.</summary>
    ZeroWindow = 1 << 6,

    /// <summary>It fills the window of its receiver to the last byte.</summary>
    WindowFull = 1 << 7,

    /// <summary>One byte sent into a closed window.</summary>
    ZeroWindowProbe = 1 << 8,

    /// <summary>The answer to such a byte: still closed.</summary>
    ZeroWindowProbeAck = 1 << 9,

    /// <summary>It asks whether the other side is still there (RFC 9293, 3.8.4).</summary>
    KeepAlive = 1 << 10,

    /// <summary>The answer to that.</summary>
    KeepAliveAck = 1 << 11,

    /// <summary>It acknowledges bytes that are not in the capture.</summary>
    AckedUnseen = 1 << 12,

    /// <summary>It changes the window, and nothing else.</summary>
    WindowUpdate = 1 << 13,

    /// <summary>It is the same packet as the one before, within half a millisecond: captured twice. Not one of Wireshark's.</summary>
    CapturedTwice = 1 << 14,
}
