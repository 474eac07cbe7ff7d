using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What a SYN says of the scale of its sender's window (RFC 7323, 2.2): it counts only if both SYNs offer one.</summary>
/// <param name="IsKnown">Whether the options were seen.</param>
/// <param name="Shift">The shift count; null without the option.</param>
internal readonly record struct WindowScale(bool IsKnown, byte? Shift)
{
    private const byte MostShift = 14;

    /// <summary>Reads it from a segment with SYN.</summary>
    public static WindowScale Of(in Packet packet)
    {
        bool isKnown = !packet.IsTruncated && (packet.Anomalies & Anomalies.BadOptions) == 0;
        return new(isKnown, TcpOptions.WindowScaleOf(packet.Options) is byte shift ? Math.Min(shift, MostShift) : null);
    }
}
