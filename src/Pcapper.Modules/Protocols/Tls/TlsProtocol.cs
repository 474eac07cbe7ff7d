using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>SSL and TLS over streams.</summary>
public sealed class TlsProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "tls";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [443, 465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 3269, 5061, 6514, 8443, 8883, 9443];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty)
        {
            return Confidence.Undecided;
        }

        return (first[0] & 0x80) != 0 ? ProbeSslV2(first) : ProbeRecord(first);
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new TlsParser(flow, bus);

    private static Confidence ProbeRecord(ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        var header = TlsRecordHeader.Read(ref reader);
        if (reader.Overrun)
        {
            return TlsRecordHeader.MayBegin(first) ? Confidence.Undecided : Confidence.No;
        }

        if (!header.IsPlausible)
        {
            return Confidence.No;
        }

        switch (header.Content)
        {
            case TlsContent.Handshake:
                // Only hellos begin a flow; others are seen when the capture began in the middle of it.
                var type = (TlsHandshakeType)reader.U8();
                int length = reader.U24();
                ushort version = reader.U16();
                if (reader.Overrun)
                {
                    return header.Length < 6 ? Confidence.Plausible : Confidence.Undecided;
                }

                return type is TlsHandshakeType.ClientHello or TlsHandshakeType.ServerHello
                    ? length is > 34 and <= HandshakeBuffer.MaxMessage && TlsVersions.IsPlausible(version) ? Confidence.Certain : Confidence.No
                    : Confidence.Plausible;
            case TlsContent.Alert when header.Length == 2:
                byte level = reader.U8();
                return reader.Overrun ? Confidence.Undecided : level is 1 or 2 ? Confidence.Plausible : Confidence.No;
            case TlsContent.ChangeCipherSpec:
                return header.Length == 1 ? Confidence.Plausible : Confidence.No;
            default:
                return header.Length > 0 ? Confidence.Plausible : Confidence.No;
        }
    }

    private static Confidence ProbeSslV2(ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        int length = reader.U16() & 0x7FFF;
        byte type = reader.U8();
        if (!reader.Overrun && type is not ((byte)SslV2Message.ClientHello or (byte)SslV2Message.ServerHello))
        {
            return Confidence.No;
        }

        if (reader.Overrun || reader.Remaining < length - 1)
        {
            return length <= TlsParser.MaxSslV2Hello ? Confidence.Undecided : Confidence.No;
        }

        ReadOnlySpan<byte> message = first.Slice(2, length);
        bool isHello = type == (byte)SslV2Message.ClientHello ? ClientHello.ReadSslV2(message) is not null : SslV2ServerHello.TryRead(message, out _, out _);
        return isHello ? Confidence.Certain : Confidence.No;
    }
}
