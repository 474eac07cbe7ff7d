using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>One DNS, mDNS or LLMNR message.</summary>
public sealed record DnsMessage : ProtocolRecord
{
    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets which of the protocols it is.</summary>
    public required DnsKind Kind { get; init; }

    /// <summary>Gets a value indicating whether it came over TCP.</summary>
    public required bool IsTcp { get; init; }

    /// <summary>Gets its length in bytes, without the length prefix of TCP.</summary>
    public required int Length { get; init; }

    /// <summary>Gets the identifier that pairs responses with queries.</summary>
    public required ushort Id { get; init; }

    /// <summary>Gets the flags as they are on the wire: QR, opcode, AA, TC, RD, RA, Z, AD, CD, RCODE.</summary>
    public required ushort Flags { get; init; }

    /// <summary>Gets the questions.</summary>
    public required IReadOnlyList<DnsQuestion> Questions { get; init; }

    /// <summary>Gets the answer section.</summary>
    public required IReadOnlyList<DnsResourceRecord> Answers { get; init; }

    /// <summary>Gets the authority section.</summary>
    public required IReadOnlyList<DnsResourceRecord> Authorities { get; init; }

    /// <summary>Gets the additional section, without the OPT record.</summary>
    public required IReadOnlyList<DnsResourceRecord> Additionals { get; init; }

    /// <summary>Gets the UDP payload size of the OPT record, if there is one (RFC 6891).</summary>
    public ushort? EdnsSize { get; init; }

    /// <summary>Gets a value indicating whether DNSSEC records are wanted (the DO bit).</summary>
    public bool DnssecOk { get; init; }

    /// <summary>Gets the response code, with the upper bits of the OPT record.</summary>
    public required int Rcode { get; init; }

    /// <summary>Gets a value indicating whether this is a response.</summary>
    public bool IsResponse => (Flags & 0x8000) != 0;

    /// <summary>Gets the opcode.</summary>
    public int Opcode => (Flags >> 11) & 0xF;

    /// <summary>Gets a value indicating whether the answer is authoritative (AA).</summary>
    public bool IsAuthoritative => (Flags & 0x0400) != 0;

    /// <summary>Gets a value indicating whether the message was cut (TC).</summary>
    public bool IsCut => (Flags & 0x0200) != 0;

    /// <summary>Gets a value indicating whether recursion is desired (RD).</summary>
    public bool RecursionDesired => (Flags & 0x0100) != 0;

    /// <summary>Gets a value indicating whether recursion is available (RA).</summary>
    public bool RecursionAvailable => (Flags & 0x0080) != 0;

    /// <summary>Gets the three bits behind RA: Z, AD, CD.</summary>
    public int ReservedBits => (Flags >> 4) & 7;
}
