using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>The NetBIOS name service (RFC 1001, 1002): DNS's message format with names in their own encoding.</summary>
public sealed class NbnsProtocol : IProtocol
{
    private static readonly ushort[] s_ports = [137];

    /// <inheritdoc/>
    public string Name => "nbns";

    /// <inheritdoc/>
    public Transports Transports => Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => s_ports;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new NbnsParser(flow, bus);

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        reader.U16();
        int flags = reader.U16();
        int questions = reader.U16();
        int answers = reader.U16();
        int authorities = reader.U16();
        int additionals = reader.U16();
        bool isCounted = questions <= 1 && answers <= 4 && authorities <= 4 && additionals <= 4 && questions + answers + authorities + additionals > 0;
        if (reader.Overrun || !isCounted || (NbnsOpcode)((flags >> 11) & 0xF) is not (NbnsOpcode.Query or (>= NbnsOpcode.Registration and <= NbnsOpcode.RefreshAlternative) or NbnsOpcode.MultihomedRegistration))
        {
            return Confidence.No;
        }

        return !NetbiosName.IsEncoded(reader.Rest) ? Confidence.No
            : reader.Remaining > NetbiosName.EncodedLength ? Confidence.Certain
            : reader.Remaining >= NetbiosName.Length ? Confidence.Plausible : Confidence.No;
    }
}
