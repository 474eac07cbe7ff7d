using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>A unit of ISO transport (X.224, class 0) in its TPKT (RFC 1006, 6): the envelope of S7comm, and of MMS and RDP as well.</summary>
internal readonly ref struct CotpUnit
{
    /// <summary>Asks for a connection.</summary>
    public const byte ConnectionRequest = 0xE0;

    /// <summary>Accepts one.</summary>
    public const byte ConnectionConfirm = 0xD0;

    /// <summary>Refuses one, or ends it.</summary>
    public const byte DisconnectRequest = 0x80;

    /// <summary>Carries data.</summary>
    public const byte DataTransfer = 0xF0;

    /// <summary>The length of a TPKT header.</summary>
    public const int TpktLength = 4;

    private const int LeastLength = 7;
    private const byte EndOfUnit = 0x80;
    private const byte CalledSelector = 0xC2;

    /// <summary>Gets how many bytes it takes, the TPKT among them.</summary>
    public int Length { get; private init; }

    /// <summary>Gets the kind, without the credit in its lower bits.</summary>
    public byte Type { get; private init; }

    /// <summary>Gets a value indicating whether it is the last part of what it carries.</summary>
    public bool IsLast { get; private init; }

    /// <summary>Gets what follows the header of the unit.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <summary>Gets the selector of the part that is called, in a connection request or confirm.</summary>
    public ReadOnlySpan<byte> Called { get; private init; }

    /// <summary>Reads one; Malformed means that it is none.</summary>
    /// <param name="bytes">The bytes, from its first on.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="needed">How many bytes there must be, if there are too few.</param>
    public static ParseStatus Read(ReadOnlySpan<byte> bytes, out CotpUnit unit, out int needed)
    {
        unit = default;
        needed = TpktLength;
        if (bytes.Length < TpktLength)
        {
            return bytes is [] or [3] or [3, 0] or [3, 0, _] ? ParseStatus.NeedMore : ParseStatus.Malformed;
        }

        var reader = new WireReader(bytes);
        byte version = reader.U8();
        byte reserved = reader.U8();
        int length = reader.U16();
        if (version != 3 || reserved != 0 || length < LeastLength)
        {
            return ParseStatus.Malformed;
        }

        needed = length;
        var body = new WireReader(bytes[TpktLength..Math.Min(length, bytes.Length)]);
        int indicator = body.U8();
        byte type = (byte)(body.U8() & 0xF0);
        if (!body.Overrun && (indicator < 2 || indicator + 1 > length - TpktLength || type is not (ConnectionRequest or ConnectionConfirm or DisconnectRequest or 0xC0 or DataTransfer or 0x10 or 0x60 or 0x70 or 0x50)))
        {
            return ParseStatus.Malformed;
        }

        if (bytes.Length < length)
        {
            return ParseStatus.NeedMore;
        }

        ReadOnlySpan<byte> header = body.Take(indicator - 1);
        unit = new CotpUnit
        {
            Length = length,
            Type = type,
            IsLast = type != DataTransfer || (header[0] & EndOfUnit) != 0,
            Data = body.Rest,
            Called = type is ConnectionRequest or ConnectionConfirm ? Selector(header) : default,
        };
        return ParseStatus.Done;
    }

    /// <summary>Judges a stream by the first data that its units carry: whether they begin with a protocol's number, and then what <paramref name="judge"/> says.</summary>
    public static Confidence Probe(ReadOnlySpan<byte> first, Judge judge)
    {
        const int MostUnits = 8;
        for (int i = 0; i < MostUnits; i++)
        {
            switch (Read(first, out CotpUnit unit, out _))
            {
                case ParseStatus.Malformed:
                    return Confidence.No;
                case ParseStatus.NeedMore:
                    return first is [_, _, _, _, 2, DataTransfer, _, _, ..] ? judge(first[LeastLength..], false) : Confidence.Undecided;
            }

            if (unit.Type == DataTransfer && !unit.Data.IsEmpty)
            {
                return judge(unit.Data, unit.IsLast);
            }

            first = first[unit.Length..];
            if (first.IsEmpty)
            {
                return Confidence.Undecided;
            }
        }

        return Confidence.No;
    }

    // Numbers of both ends and the class, then parameters (X.224, 13.3).
    private static ReadOnlySpan<byte> Selector(ReadOnlySpan<byte> header)
    {
        var reader = new WireReader(header);
        reader.Skip(5);
        while (reader.Remaining > 0 && !reader.Overrun)
        {
            byte code = reader.U8();
            ReadOnlySpan<byte> value = reader.Take(reader.U8());
            if (code == CalledSelector)
            {
                return value;
            }
        }

        return default;
    }

    /// <summary>Judges the first data.</summary>
    /// <param name="data">The data, or the beginning.</param>
    /// <param name="isWhole">Whether they are all there.</param>
    public delegate Confidence Judge(ReadOnlySpan<byte> data, bool isWhole);
}
