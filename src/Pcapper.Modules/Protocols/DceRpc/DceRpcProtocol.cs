using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Connection-oriented DCE/RPC over TCP (C706, MS-RPCE); over named pipes SMB carries it.</summary>
public sealed class DceRpcProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "dce_rpc";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [135];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (!DceRpcHeader.MayBegin(first))
        {
            return Confidence.No;
        }

        if (first.Length < DceRpcHeader.Size)
        {
            return Confidence.Undecided;
        }

        return !DceRpcHeader.TryRead(first, out DceRpcHeader header) ? Confidence.No
            : header.Type is DceRpcPacketType.Bind or DceRpcPacketType.BindAck ? Confidence.Certain : Confidence.Plausible;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new DceRpcParser(flow, bus);
}
