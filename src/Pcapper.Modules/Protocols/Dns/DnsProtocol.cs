using System.Buffers;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>DNS over UDP and TCP, multicast DNS and LLMNR.</summary>
public sealed class DnsProtocol : IProtocol
{
    private const int MinimumLetters = 4;
    private const int NetbiosName = 32;

    private static readonly ushort[] s_ports = [53, 5353, 5355];
    private static readonly SearchValues<byte> s_hostLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"u8);

    /// <inheritdoc/>
    public string Name => "dns";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp | Transports.Udp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => s_ports;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new DnsParser(flow, bus);

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        Confidence asDatagram = ProbeMessage(first);
        if (asDatagram == Confidence.Certain || first.Length < 2)
        {
            return asDatagram;
        }

        // Over TCP a length comes first (RFC 1035, 4.2.2).
        int length = (first[0] << 8) | first[1];
        if (length < DnsWire.Header + 5)
        {
            return asDatagram;
        }

        Confidence asStream = length > first.Length - 2 ? ProbeStart(first[2..]) : ProbeMessage(first.Slice(2, length));
        return asStream > asDatagram ? asStream : asDatagram;
    }

    private static Confidence ProbeMessage(ReadOnlySpan<byte> message)
    {
        if (!HasPlausibleHeader(message, out int questions, out int records))
        {
            return message.Length < DnsWire.Header ? Confidence.Undecided : Confidence.No;
        }

        int at = DnsWire.Header;
        for (int i = 0; i < questions; i++)
        {
            if (!SkipQuestion(message, ref at))
            {
                return i == 0 ? ProbeCutQuestion(message) : Confidence.No;
            }
        }

        for (int i = 0; i < records; i++)
        {
            if (!SkipRecord(message, ref at))
            {
                return questions > 0 ? Confidence.Plausible : Confidence.No;
            }
        }

        return at == message.Length && at > DnsWire.Header ? Confidence.Certain : Confidence.Plausible;
    }

    private static Confidence ProbeStart(ReadOnlySpan<byte> message)
    {
        if (!HasPlausibleHeader(message, out int questions, out _))
        {
            return message.Length < DnsWire.Header ? Confidence.Undecided : Confidence.No;
        }

        int at = DnsWire.Header;
        return questions != 1 ? Confidence.No
            : SkipQuestion(message, ref at) ? Confidence.Plausible
            : ProbeCutQuestion(message);
    }

    private static bool HasPlausibleHeader(ReadOnlySpan<byte> message, out int questions, out int records)
    {
        var reader = new WireReader(message);
        reader.U16();
        int flags = reader.U16();
        questions = reader.U16();
        int answers = reader.U16();
        int authorities = reader.U16();
        int additionals = reader.U16();
        records = answers + authorities + additionals;
        bool isResponse = (flags & 0x8000) != 0;
        int opcode = (flags >> 11) & 0xF;
        int rcode = flags & 0xF;

        // Many records without a question cannot be checked if they are cut; the usual single question can.
        return !reader.Overrun && opcode is <= 2 or 4 or 5 && (flags & 0x40) == 0 && rcode <= 11
            && (isResponse || opcode == 5 || rcode == 0)
            && questions + records > 0 && questions <= 255
            && (questions == 1 || (questions * 5) + (records * 11) <= message.Length - DnsWire.Header);
    }

    // The capture, or the segment, ends within the question: what there is must be labels of a host name, and the counts ordinary.
    private static Confidence ProbeCutQuestion(ReadOnlySpan<byte> message)
    {
        const int MostRecords = 64;
        var reader = new WireReader(message);
        reader.U16();
        bool isResponse = (reader.U16() & 0x8000) != 0;
        int questions = reader.U16();
        int answers = reader.U16();
        int authorities = reader.U16();
        int additionals = reader.U16();
        if (questions != 1 || (isResponse ? Math.Max(answers, Math.Max(authorities, additionals)) > MostRecords : answers + authorities > 0 || additionals > 2)
            || IsNetbios(message[DnsWire.Header..], NetbiosName))
        {
            return Confidence.No;
        }

        int letters = 0;
        while (reader.Remaining > 0)
        {
            int length = reader.U8();
            if (length == 0)
            {
                // The name is whole, its type or class is cut: anything else was refused before.
                return letters > 0 && reader.Remaining < 4 ? Confidence.Plausible : Confidence.No;
            }

            if (length > 63)
            {
                return Confidence.No;
            }

            ReadOnlySpan<byte> label = reader.Take(Math.Min(length, reader.Remaining));
            if (label.ContainsAnyExcept(s_hostLetters))
            {
                return Confidence.No;
            }

            letters += label.Length;
        }

        return letters >= MinimumLetters ? Confidence.Plausible : Confidence.Undecided;
    }

    private static bool SkipQuestion(ReadOnlySpan<byte> message, ref int at)
    {
        int nameAt = at;
        at = DnsWire.SkipName(message, at);
        if (at < 0 || at + 4 > message.Length)
        {
            return false;
        }

        int type = (message[at] << 8) | message[at + 1];
        int classNumber = ((message[at + 2] << 8) | message[at + 3]) & 0x7FFF;
        at += 4;
        return classNumber is 1 or 3 or 4 or 254 or 255 && type != 0 && !IsNetbios(message[nameAt..], type);
    }

    // NetBIOS names are 32 letters A to P in one label, asked for as NB or NBSTAT; a refusal has type NULL (RFC 1002, 4.2.1.2 and 4.2.14).
    private static bool IsNetbios(ReadOnlySpan<byte> name, int type)
        => type is 10 or NetbiosName or 33 && name.Length > 8 && name[0] == 32 && !name[1..Math.Min(33, name.Length)].ContainsAnyExceptInRange((byte)'A', (byte)'P');

    private static bool SkipRecord(ReadOnlySpan<byte> message, ref int at)
    {
        int nameAt = at;
        at = DnsWire.SkipName(message, at);
        if (at < 0 || at + 10 > message.Length)
        {
            return false;
        }

        int type = (message[at] << 8) | message[at + 1];
        at += 10 + ((message[at + 8] << 8) | message[at + 9]);
        return at <= message.Length && !IsNetbios(message[nameAt..], type);
    }
}
