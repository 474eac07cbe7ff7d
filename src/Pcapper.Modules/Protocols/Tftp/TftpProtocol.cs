using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tftp;

/// <summary>The Trivial File Transfer Protocol (RFC 1350).</summary>
public sealed class TftpProtocol : IProtocol
{
    /// <summary>Its name.</summary>
    internal const string ProtocolName = "tftp";

    /// <inheritdoc/>
    public string Name => ProtocolName;

    /// <inheritdoc/>
    public Transports Transports => Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [69];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        // Only a request says enough; transfers are announced by it.
        if (first is not [0, 1 or 2, > 0x20, ..])
        {
            return Confidence.No;
        }

        ReadOnlySpan<byte> name = first[2..];
        int end = name.IndexOf((byte)0);
        if (name[..(end < 0 ? name.Length : end)].IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0)
        {
            return Confidence.No;
        }

        // What is probed may end within the name.
        ReadOnlySpan<byte> mode = end < 0 ? default : name[(end + 1)..];
        int modeEnd = mode.IndexOf((byte)0);
        return end < 0 || modeEnd < 0 ? (first.Length >= Packets.Limits.ProbeDatagram ? Confidence.Plausible : Confidence.No)
            : IsMode(mode[..modeEnd]) ? Confidence.Certain : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new TftpParser(flow, bus);

    private static bool IsMode(ReadOnlySpan<byte> mode)
        => System.Text.Ascii.EqualsIgnoreCase(mode, "octet"u8) || System.Text.Ascii.EqualsIgnoreCase(mode, "netascii"u8) || System.Text.Ascii.EqualsIgnoreCase(mode, "mail"u8);
}
