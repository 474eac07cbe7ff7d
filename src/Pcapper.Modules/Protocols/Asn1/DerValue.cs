using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace Pcapper.Modules.Protocols.Asn1;

/// <summary>Decodes the contents of ASN.1 elements; what is no such value gives null.</summary>
internal static class DerValue
{
    private const int MaxOid = 64;
    private const int MaxArcBits = 63;

    /// <summary>Decodes an object identifier: <c>2.5.4.3</c>.</summary>
    public static string? Oid(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content.Length > MaxOid || (content[^1] & 0x80) != 0)
        {
            return null;
        }

        var text = new StringBuilder();
        ulong arc = 0;
        foreach (byte b in content)
        {
            if (arc >> (MaxArcBits - 7) != 0)
            {
                return null;
            }

            arc = (arc << 7) | (b & 0x7Fu);
            if ((b & 0x80) != 0)
            {
                continue;
            }

            if (text.Length == 0)
            {
                ulong first = Math.Min(arc / 40, 2);   // X.690, 8.19.4
                text.Append(CultureInfo.InvariantCulture, $"{first}.{arc - (first * 40)}");
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $".{arc}");
            }

            arc = 0;
        }

        return text.ToString();
    }

    /// <summary>Decodes a character string of any type that names use.</summary>
    public static string? Text(int universalTag, ReadOnlySpan<byte> content) => (UniversalTagNumber)universalTag switch
    {
        UniversalTagNumber.UTF8String => Encoding.UTF8.GetString(content),
        UniversalTagNumber.BMPString => Encoding.BigEndianUnicode.GetString(content),
        UniversalTagNumber.UniversalString => Universal(content),
        UniversalTagNumber.PrintableString or UniversalTagNumber.IA5String or UniversalTagNumber.NumericString
            or UniversalTagNumber.VisibleString or UniversalTagNumber.T61String => Encoding.Latin1.GetString(content),
        _ => null,
    };

    /// <summary>Decodes UTCTime or GeneralizedTime to seconds since 1970.</summary>
    public static long? Time(int universalTag, ReadOnlySpan<byte> content)
    {
        int at = 0;
        int? year;
        if (universalTag == (int)UniversalTagNumber.UtcTime)
        {
            year = Number(content, ref at, 2) is { } two ? (two < 50 ? 2000 : 1900) + two : null;   // RFC 5280, 4.1.2.5.1
        }
        else if (universalTag == (int)UniversalTagNumber.GeneralizedTime)
        {
            year = Number(content, ref at, 4);
        }
        else
        {
            return null;
        }

        int? month = Number(content, ref at, 2);
        int? day = Number(content, ref at, 2);
        int? hour = Number(content, ref at, 2);
        int? minute = Number(content, ref at, 2);
        int second = Number(content, ref at, 2) ?? 0;
        if (year is not >= 1 || month is not (>= 1 and <= 12) || day is not >= 1 || day > DateTime.DaysInMonth(year.Value, month.Value)
            || hour is not <= 23 || minute is not <= 59 || second > 60)
        {
            return null;
        }

        long seconds = (long)(new DateTime(year.Value, month.Value, day.Value, hour.Value, minute.Value, 0, DateTimeKind.Utc) - DateTime.UnixEpoch).TotalSeconds;
        return seconds + second - Offset(content[at..]);
    }

    /// <summary>Decodes an integer that fits in 63 bits and is not negative.</summary>
    public static long? Number(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> digits = Magnitude(content);
        if (content.IsEmpty || digits.Length > 8 || (content[0] & 0x80) != 0)
        {
            return null;
        }

        long value = 0;
        foreach (byte b in digits)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    /// <summary>Decodes an integer of up to 64 bits with its sign (X.690, 8.3).</summary>
    public static long? Signed(ReadOnlySpan<byte> content)
    {
        if (content.Length is 0 or > 8)
        {
            return null;
        }

        long value = (content[0] & 0x80) == 0 ? 0 : -1;
        foreach (byte b in content)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    /// <summary>Gets an integer's bytes without leading zeros.</summary>
    public static ReadOnlySpan<byte> Magnitude(ReadOnlySpan<byte> content) => content.TrimStart((byte)0);

    /// <summary>Gets how many bits a positive integer has.</summary>
    public static int Bits(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> digits = Magnitude(content);
        return digits.IsEmpty ? 0 : (digits.Length * 8) - (int)(uint.LeadingZeroCount(digits[0]) - 24);
    }

    /// <summary>Gets the bytes of a bit string.</summary>
    public static ReadOnlySpan<byte> BitString(ReadOnlySpan<byte> content) => content.IsEmpty ? default : content[1..];

    private static string? Universal(ReadOnlySpan<byte> content)
    {
        var text = new StringBuilder();
        for (; content.Length >= 4; content = content[4..])
        {
            uint code = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(content);
            text.Append(Rune.IsValid(code) ? new Rune(code).ToString() : "\uFFFD");
        }

        return text.ToString();
    }

    private static int? Number(ReadOnlySpan<byte> content, ref int at, int digits)
    {
        if (content.Length - at < digits || content.Slice(at, digits).ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return null;
        }

        int value = 0;
        foreach (byte b in content.Slice(at, digits))
        {
            value = (value * 10) + (b - '0');
        }

        at += digits;
        return value;
    }

    /// <summary>Reads <c>+hhmm</c> or <c>-hhmm</c>; anything else counts as UTC.</summary>
    private static long Offset(ReadOnlySpan<byte> zone)
    {
        int at = 1;
        if (zone.Length != 5 || zone[0] is not ((byte)'+' or (byte)'-') || Number(zone, ref at, 2) is not { } hours || Number(zone, ref at, 2) is not { } minutes)
        {
            return 0;
        }

        long seconds = ((hours * 60L) + minutes) * 60;
        return zone[0] == (byte)'-' ? -seconds : seconds;
    }
}
