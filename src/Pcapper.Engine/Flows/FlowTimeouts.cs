using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Silences, in nanoseconds of capture time, after which the next packet of a 5-tuple begins a new flow.</summary>
internal static class FlowTimeouts
{
    /// <summary>An open TCP connection or SCTP association: keep-alives come every two hours at most, but ports are reused long before.</summary>
    public const long Established = 3600 * Timestamp.PerSecond;

    /// <summary>A TCP connection that was never answered, or is over: longer than the last SYN repetition (RFC 6298 with six tries: 32 s).</summary>
    public const long Attempt = 60 * Timestamp.PerSecond;

    /// <summary>How far frames may be out of order in time: so much longer are flows kept than their time-out says.</summary>
    public const long Disorder = 8 * Timestamp.PerSecond;

    /// <summary>UDP and ICMP (Zeek's udp_inactivity_timeout).</summary>
    public const long Datagram = 60 * Timestamp.PerSecond;
}
