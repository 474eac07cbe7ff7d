using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>EtherNet/IP: CIP over TCP and UDP, and its I/O connections over UDP.</summary>
public sealed class EnipProtocol : IProtocol
{
    /// <summary>The port of devices.</summary>
    internal const ushort Port = 44818;

    private const ushort IoPort = 2222;
    private const int MostItems = 16;

    /// <inheritdoc/>
    public string Name => "enip";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [Port, IoPort];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (EnipIo.TryRead(first, out EnipIo io))
        {
            return io.IsWhole ? Confidence.Certain : Confidence.Plausible;
        }

        if (first.Length < EnipHeader.Size)
        {
            return first is [_] or [_, 0, ..] && EnipHeader.IsKnown((EnipCommand)first[0]) ? Confidence.Undecided : Confidence.No;
        }

        EnipHeader header = EnipHeader.Read(first);
        return !header.IsValid ? Confidence.No : Judge(header, first[EnipHeader.Size..]);
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new EnipParser(flow, bus);

    private static Confidence Judge(EnipHeader header, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        switch (header.Command)
        {
            case EnipCommand.RegisterSession:
                return header.Length != 4 ? Confidence.No : body.Length < 4 ? Confidence.Undecided : reader.U16Little() == 1 && reader.U16Little() == 0 ? Confidence.Certain : Confidence.No;
            case EnipCommand.ListIdentity or EnipCommand.ListServices or EnipCommand.ListInterfaces:
                return header.Length == 0 ? header is { Status: 0, Command: EnipCommand.ListIdentity } ? Confidence.Certain : Confidence.Plausible
                    : header.Length < 2 ? Confidence.No
                    : body.Length < 2 ? Confidence.Undecided : reader.U16Little() <= MostItems ? Confidence.Plausible : Confidence.No;
            case EnipCommand.SendRRData or EnipCommand.SendUnitData:
                if (header.Length == 0)
                {
                    return header.Status == 0 ? Confidence.No : Confidence.Plausible;
                }

                uint handle = reader.U32Little();
                reader.Skip(2);
                int items = reader.U16Little();
                return header.Length < 8 ? Confidence.No : reader.Overrun ? Confidence.Undecided : handle == 0 && items is > 0 and <= MostItems ? Confidence.Certain : Confidence.No;
            case EnipCommand.UnregisterSession:
                return header.Length == 0 ? Confidence.Plausible : Confidence.No;
            default:
                return Confidence.No;
        }
    }
}
