using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>ONC RPC, once Sun RPC (RFC 5531): what NFS, mountd and the portmapper speak.</summary>
public sealed class RpcProtocol : IProtocol
{
    private const int Mark = 4;
    private const int CallStart = 32;
    private const int ReplyStart = 24;

    // Assigned program numbers are below 40000000 hexadecimal; no program has this many versions or procedures (RFC 5531, 13.1).
    private const uint MaxProgram = 0x3FFF_FFFF;
    private const uint MaxVersion = 64;
    private const uint MaxProcedure = 256;
    private const uint MaxFlavor = 6;
    private const uint MaxAccepted = 5;

    private static readonly ushort[] s_ports = [111, 2049];

    /// <inheritdoc/>
    public string Name => "rpc";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => s_ports;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new RpcParser(flow, bus);

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
        => ProbeMessage(first) is var asDatagram && asDatagram >= Confidence.Plausible ? asDatagram
            : ProbeStream(first) is var asStream && asStream != Confidence.No ? asStream : asDatagram;

    /// <summary>Judges the start of a record, its mark included.</summary>
    internal static Confidence ProbeStream(ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        uint mark = reader.U32();
        uint length = mark & ~RpcParser.LastFragment;
        return reader.Overrun ? Confidence.Undecided
            : length is < ReplyStart - Mark or > RpcParser.MaxRecord ? Confidence.No
            : ProbeMessage(reader.Rest);
    }

    private static Confidence ProbeMessage(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.U32();
        uint type = reader.U32();
        if (reader.Overrun)
        {
            return Confidence.Undecided;
        }

        return type switch
        {
            0 => ProbeCall(ref reader, message.Length),
            1 => ProbeReply(ref reader, message.Length),
            _ => Confidence.No,
        };
    }

    private static Confidence ProbeCall(ref WireReader reader, int length)
    {
        if (length < CallStart)
        {
            return reader.Remaining >= 4 && reader.U32() != 2 ? Confidence.No : Confidence.Undecided;
        }

        uint version = reader.U32();
        uint program = reader.U32();
        uint programVersion = reader.U32();
        uint procedure = reader.U32();
        uint flavor = reader.U32();
        uint credentials = reader.U32();
        return version == 2 && program is > 0 and <= MaxProgram && programVersion <= MaxVersion && procedure <= MaxProcedure
            && flavor <= MaxFlavor && credentials <= RpcCredentials.MaxBody ? Confidence.Certain : Confidence.No;
    }

    private static Confidence ProbeReply(ref WireReader reader, int length)
    {
        if (length < ReplyStart - Mark)
        {
            return Confidence.Undecided;
        }

        // Accepted: flavor, length of the verifier; rejected: reason, and what goes with it (RFC 5531, 9).
        uint status = reader.U32();
        uint flavor = reader.U32();
        uint verifier = reader.U32();
        if (status != 0 || flavor > MaxFlavor || verifier > RpcCredentials.MaxBody || verifier % 4 != 0)
        {
            return Confidence.No;
        }

        reader.Skip((int)verifier);
        uint accepted = reader.U32();
        return reader.Overrun || accepted <= MaxAccepted ? Confidence.Plausible : Confidence.No;
    }
}
