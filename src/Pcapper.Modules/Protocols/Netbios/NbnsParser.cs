using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>Parses messages of the NetBIOS name service (RFC 1002, 4.2).</summary>
public sealed class NbnsParser(FlowContext flow, RecordBus bus) : FlowParser
{
    /// <summary>Length of the header.</summary>
    internal const int Header = 12;

    private const int MaxRecords = 16;
    private const int MaxAddresses = 32;
    private const int MaxNodeNames = 64;
    private const int AddressEntry = 6;
    private const int NodeNameEntry = 18;
    private const ushort GroupFlag = 0x8000;
    private const ushort ConflictFlag = 0x0800;

    private readonly Emitter<NbnsMessage> _messages = bus.Emitter<NbnsMessage>();
    private readonly Emitter<NameSeen> _names = bus.Emitter<NameSeen>();

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        var reader = new WireReader(bytes);
        ushort id = reader.U16();
        ushort flags = reader.U16();
        int questions = reader.U16();
        int records = reader.U16() + reader.U16() + reader.U16();
        int at = Header;
        if (reader.Overrun || questions + records == 0 || !TryReadStart(bytes, questions, ref at, out NetbiosName name, out ushort type))
        {
            return chunk.Missing > 0 ? ParseResult.Done(Math.Max(1, bytes.Length)) : ParseResult.Malformed("name service message without a name");
        }

        var addresses = new List<NbnsAddress>();
        var nodeNames = new List<NbnsNodeName>();
        uint? ttl = null;
        MacAddress? mac = null;
        for (int left = Math.Min(records, MaxRecords); left > 0; left--)
        {
            if (!TryReadRecord(bytes, ref at, out ushort recordType, out uint recordTtl, out ReadOnlySpan<byte> data))
            {
                break;
            }

            ttl ??= recordTtl;
            if (recordType == NbnsMessage.TypeNb)
            {
                ReadAddresses(data, addresses);
            }
            else if (recordType == NbnsMessage.TypeNbstat && (flags & 0x8000) != 0)
            {
                mac = ReadNodeStatus(data, nodeNames);
            }
        }

        Emit(new NbnsMessage
        {
            Flow = flow.Id,
            Frame = chunk.Frame,
            Time = chunk.Time,
            Direction = direction,
            TransactionId = id,
            Flags = flags,
            Name = name,
            Type = type,
            Ttl = ttl,
            Addresses = addresses,
            NodeNames = nodeNames,
            Mac = mac,
        });
        return ParseResult.Done(bytes.Length);
    }

    // The name and type of the question or, in a response, which has none, of the first record; that is read again as a record.
    private static bool TryReadStart(ReadOnlySpan<byte> bytes, int questions, ref int at, out NetbiosName name, out ushort type)
    {
        int start = at;
        type = 0;
        if (!NetbiosWire.TryReadName(bytes, ref at, out name))
        {
            return false;
        }

        var reader = new WireReader(bytes[at..]);
        type = reader.U16();
        reader.U16();
        at = questions > 0 ? at + reader.Position : start;
        return !reader.Overrun;
    }

    private static bool TryReadRecord(ReadOnlySpan<byte> bytes, ref int at, out ushort type, out uint ttl, out ReadOnlySpan<byte> data)
    {
        type = 0;
        ttl = 0;
        data = default;
        if (!NetbiosWire.TryReadName(bytes, ref at, out _))
        {
            return false;
        }

        var reader = new WireReader(bytes[at..]);
        type = reader.U16();
        reader.U16();
        ttl = reader.U32();
        data = reader.Take(reader.U16());
        at += reader.Position;
        return !reader.Overrun;
    }

    private static void ReadAddresses(ReadOnlySpan<byte> data, List<NbnsAddress> addresses)
    {
        var reader = new WireReader(data);
        while (reader.Remaining >= AddressEntry && addresses.Count < MaxAddresses)
        {
            ushort flags = reader.U16();
            addresses.Add(new NbnsAddress(IpAddress.FromIPv4(reader.U32()), (flags & GroupFlag) != 0));
        }
    }

    private static MacAddress? ReadNodeStatus(ReadOnlySpan<byte> data, List<NbnsNodeName> names)
    {
        var reader = new WireReader(data);
        for (int left = Math.Min((int)reader.U8(), MaxNodeNames); left > 0 && reader.Remaining >= NodeNameEntry; left--)
        {
            NetbiosName name = NetbiosName.FromPlain(reader.Take(NetbiosName.Length));
            ushort flags = reader.U16();
            names.Add(new NbnsNodeName(name, (flags & GroupFlag) != 0, (flags & ConflictFlag) != 0));
        }

        ulong mac = reader.U48();
        return reader.Overrun || mac == 0 ? null : new MacAddress(mac);
    }

    private void Emit(NbnsMessage message)
    {
        if (_messages.IsWanted)
        {
            _messages.Emit(message);
        }

        if (!_names.IsWanted)
        {
            return;
        }

        if ((message.IsAnswer || message.IsClaim) && IsHostName(message.Name))
        {
            foreach (NbnsAddress owner in message.Addresses)
            {
                EmitName(message, owner.IsGroup || !message.Believes(owner) ? default : owner.Address, message.Name.Text);
            }
        }

        foreach (NbnsNodeName node in message.NodeNames)
        {
            if (!node.IsGroup && node.Name.Suffix == NetbiosSuffix.Workstation)
            {
                EmitName(message, message.Sender, node.Name.Text);
            }
        }
    }

    private static bool IsHostName(NetbiosName name) => name.Suffix is NetbiosSuffix.Workstation or NetbiosSuffix.Server && name.Text.Length > 0;

    private void EmitName(NbnsMessage message, IpAddress address, string name)
    {
        if (address.IsHost && address != default)
        {
            _names.Emit(new NameSeen { Flow = flow.Id, Frame = message.Frame, Time = message.Time, Address = address, Name = name, Source = NameSource.Netbios });
        }
    }
}
