using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Rdp;

/// <summary>The Remote Desktop Protocol's connection request over TPKT and X.224 (MS-RDPBCGR 2.2.1.1, 2.2.1.2).</summary>
public sealed class RdpProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "rdp";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [3389];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
        => RdpNegotiation.Read(first, direction == Direction.ToResponder ? RdpNegotiation.Request : RdpNegotiation.Confirm, out RdpNegotiation negotiation) switch
        {
            ParseStatus.Done => negotiation.IsTelling ? Confidence.Certain : Confidence.Plausible,
            ParseStatus.NeedMore => Confidence.Undecided,
            _ => Confidence.No,
        };

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new RdpParser();
}
