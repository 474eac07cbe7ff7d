using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tds;

/// <summary>TDS 7 and 8 of Microsoft SQL Server (MS-TDS), told by what comes before the login, or by the login.</summary>
public sealed class TdsProtocol : IProtocol
{
    private const byte VersionOption = 0;
    private const int VersionLength = 6;
    private const int MaxPreLogin = 512;

    /// <inheritdoc/>
    public string Name => "mssql";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [1433];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        TdsHeader header = TdsHeader.Read(ref reader);
        if (!first.IsEmpty && first[0] is not ((byte)TdsPacketType.PreLogin or (byte)TdsPacketType.Login7 or (byte)TdsPacketType.Answer))
        {
            return Confidence.No;
        }

        if (reader.Overrun)
        {
            return Confidence.Undecided;
        }

        return header.Length is <= TdsHeader.Size or > TdsHeader.Longest ? Confidence.No : header.Type switch
        {
            TdsPacketType.PreLogin when direction == Direction.ToResponder => ProbeOptions(ref reader, header),
            TdsPacketType.Login7 when direction == Direction.ToResponder => ProbeLogin(ref reader, header),
            TdsPacketType.Answer when direction == Direction.ToOriginator => ProbeAnswer(ref reader, header),
            _ => Confidence.No,
        };
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new TdsParser(flow, bus);

    // Each option is a kind, an offset and a length; the version is the first (MS-TDS, 2.2.6.5).
    private static Confidence ProbeOptions(ref WireReader reader, in TdsHeader header)
    {
        byte option = reader.U8();
        ushort offset = reader.U16();
        ushort length = reader.U16();
        return reader.Overrun ? Confidence.Undecided
            : option == VersionOption && length == VersionLength && offset is > 5 and < MaxPreLogin && offset + length + TdsHeader.Size <= header.Length ? Confidence.Certain : Confidence.No;
    }

    private static Confidence ProbeLogin(ref WireReader reader, in TdsHeader header)
    {
        uint length = reader.U32Little();
        uint version = reader.U32Little();
        return reader.Overrun ? Confidence.Undecided
            : TdsLogin.IsVersion(version) && length is >= 94 and <= 128 * 1024 && (!header.IsLast || length == header.Length - TdsHeader.Size) ? Confidence.Certain : Confidence.No;
    }

    // The server's options look like the client's; other answers begin with a token.
    private static Confidence ProbeAnswer(ref WireReader reader, in TdsHeader header)
    {
        Confidence options = ProbeOptions(ref reader, header);
        return options == Confidence.Certain ? Confidence.Plausible : options;
    }
}
