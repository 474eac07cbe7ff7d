using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>Parses the NetBIOS datagram service (RFC 1002, 4.4) and the mailslot messages in it.</summary>
public sealed class NetbiosDatagramParser(FlowContext flow, RecordBus bus) : FlowParser
{
    /// <summary>Length of the header of a message with names.</summary>
    internal const int Header = 14;

    private const int SmbHeader = 32;
    private const byte SmbTransaction = 0x25;

    private readonly Emitter<NetbiosDatagram> _datagrams = bus.Emitter<NetbiosDatagram>();
    private readonly Emitter<NameSeen> _names = bus.Emitter<NameSeen>();

    private static ReadOnlySpan<byte> SmbMark => [0xFF, (byte)'S', (byte)'M', (byte)'B'];

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        var reader = new WireReader(bytes);
        byte type = reader.U8();
        reader.U8();
        reader.U16();
        IpAddress address = IpAddress.FromIPv4(reader.U32());
        reader.U16();
        if (reader.Overrun || type is not (>= 0x10 and <= 0x16))
        {
            return ParseResult.NotThisProtocol();
        }

        // Errors and queries carry no message (RFC 1002, 4.4.3 and 4.4.4).
        int at = Header;
        if (type > 0x12)
        {
            return ParseResult.Done(bytes.Length);
        }

        if (!NetbiosWire.TryReadName(bytes, ref at, out NetbiosName source) || !NetbiosWire.TryReadName(bytes, ref at, out NetbiosName destination))
        {
            return chunk.Missing > 0 ? ParseResult.Done(bytes.Length) : ParseResult.Malformed("datagram without names");
        }

        (string? mailslot, BrowserMessage? browser) = ReadMailslot(bytes[at..]);
        Emit(new NetbiosDatagram
        {
            Flow = flow.Id,
            Frame = chunk.Frame,
            Time = chunk.Time,
            Direction = direction,
            SourceAddress = address,
            Source = source,
            Destination = destination,
            Mailslot = mailslot,
            Browser = browser,
        });
        return ParseResult.Done(bytes.Length);
    }

    // An SMB transaction whose name is the mailslot; its offsets count from the SMB header (MS-CIFS 2.2.4.33, MS-MAIL 2.2.1).
    private static (string? Mailslot, BrowserMessage? Browser) ReadMailslot(ReadOnlySpan<byte> smb)
    {
        if (smb.Length < SmbHeader || !smb.StartsWith(SmbMark) || smb[4] != SmbTransaction)
        {
            return default;
        }

        var reader = new WireReader(smb[SmbHeader..]);
        int words = reader.U8();
        var parameters = new WireReader(reader.Take(words * 2));
        int byteCount = reader.U16Little();
        parameters.Skip(22);
        int dataCount = parameters.U16Little();
        int dataOffset = parameters.U16Little();
        if (reader.Overrun || parameters.Overrun || byteCount == 0)
        {
            return default;
        }

        ReadOnlySpan<byte> name = reader.Rest;
        int end = name.IndexOf((byte)0);
        string mailslot = WireText.Decode(end < 0 ? name : name[..end]);
        var data = new WireReader(smb);
        data.Skip(dataOffset);
        ReadOnlySpan<byte> message = data.Take(Math.Min(dataCount, data.Remaining));
        bool isBrowser = mailslot.Equals(@"\MAILSLOT\BROWSE", StringComparison.OrdinalIgnoreCase);
        return (mailslot, isBrowser && !data.Overrun && BrowserMessage.TryRead(message, out BrowserMessage browser) ? browser : null);
    }

    private void Emit(NetbiosDatagram datagram)
    {
        if (_datagrams.IsWanted)
        {
            _datagrams.Emit(datagram);
        }

        if (_names.IsWanted && datagram.SourceAddress == datagram.Sender && datagram.Source.Suffix is NetbiosSuffix.Workstation or NetbiosSuffix.Server && datagram.Source.Text.Length > 0)
        {
            _names.Emit(new NameSeen { Flow = flow.Id, Frame = datagram.Frame, Time = datagram.Time, Address = datagram.Sender, Name = datagram.Source.Text, Source = NameSource.Netbios });
        }
    }
}
