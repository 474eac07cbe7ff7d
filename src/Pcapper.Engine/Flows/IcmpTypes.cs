namespace Pcapper.Engine;

/// <summary>ICMP types that ask and answer each other, as Zeek and Community ID pair them into flows.</summary>
public static class IcmpTypes
{
    /// <summary>Gets the type that answers an ICMP type, or that it answers; null for one-way types (RFC 792, RFC 950, RFC 1256).</summary>
    public static byte? Counterpart(byte type) => type switch
    {
        0 => 8,
        8 => 0,
        13 => 14,
        14 => 13,
        15 => 16,
        16 => 15,
        17 => 18,
        18 => 17,
        10 => 9,
        9 => 10,
        _ => null,
    };

    /// <summary>Gets the type that answers an ICMPv6 type, or that it answers; null for one-way types (RFC 4443, RFC 4861, RFC 2710, RFC 4620).</summary>
    public static byte? CounterpartV6(byte type) => type switch
    {
        128 => 129,
        129 => 128,
        133 => 134,
        134 => 133,
        135 => 136,
        136 => 135,
        130 => 131,
        131 => 130,
        139 => 140,
        140 => 139,
        144 => 145,
        145 => 144,
        _ => null,
    };

    /// <summary>Gets a value indicating whether a type is the answer of its pair.</summary>
    public static bool IsReply(byte type) => type is 0 or 14 or 16 or 18 or 9;

    /// <summary>Gets a value indicating whether an ICMPv6 type is the answer of its pair.</summary>
    public static bool IsReplyV6(byte type) => type is 129 or 131 or 134 or 136 or 140 or 145;
}
