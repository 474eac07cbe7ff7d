using System.Formats.Asn1;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Snmp;

/// <summary>Reads SNMP messages: BER sequences (RFC 1157, 4; RFC 3416, 3; RFC 3412, 6; RFC 3414, 2.4).</summary>
internal static class SnmpReader
{
    /// <summary>The longest community that is believed to be one.</summary>
    public const int LongestCommunity = 255;

    /// <summary>The kind of PDU that asks for values (RFC 3416, 3).</summary>
    public const int Get = 0;

    /// <summary>The kind of PDU that asks for the next values.</summary>
    public const int GetNext = 1;

    /// <summary>The kind of PDU of responses.</summary>
    public const int Response = 2;

    /// <summary>The kind of PDU that changes values.</summary>
    public const int Set = 3;

    /// <summary>The kind of PDU of traps of version 1.</summary>
    public const int TrapV1 = 4;

    /// <summary>The kind of PDU that asks for many values.</summary>
    public const int GetBulk = 5;

    /// <summary>The kind of PDU of traps of version 2.</summary>
    public const int TrapV2 = 7;

    private const int HighestPdu = 8;
    private const int UserSecurityModel = 3;
    private const int LongestName = 32;    // RFC 3411, 5
    private const int MostObjects = 8;
    private const int Authenticated = 1;
    private const int Encrypted = 2;

    /// <summary>Reads a message; null if it is none.</summary>
    /// <param name="message">Its bytes.</param>
    /// <param name="seen">What is known of it: flow, frame, time and direction.</param>
    public static SnmpMessage? Read(ReadOnlySpan<byte> message, SnmpMessage seen)
    {
        var outer = new DerReader(message);
        var reader = new DerReader(outer.Next(UniversalTagNumber.Sequence));
        long? version = DerValue.Number(reader.Next(UniversalTagNumber.Integer));
        if (reader.Failed || outer.Failed)
        {
            return null;
        }

        return version switch
        {
            (long)SnmpVersion.V1 or (long)SnmpVersion.V2c => Classic(ref reader, seen with { Version = (SnmpVersion)version.Value }),
            (long)SnmpVersion.V3 => Version3(ref reader, seen with { Version = SnmpVersion.V3 }),
            _ => null,
        };
    }

    private static SnmpMessage? Classic(ref DerReader reader, SnmpMessage seen)
    {
        ReadOnlySpan<byte> community = reader.Next(UniversalTagNumber.OctetString);
        DerElement pdu = reader.Next();
        return reader.Failed || community.Length > LongestCommunity || pdu.Context is < 0 or > HighestPdu
            ? null : Pdu(pdu, seen with { Community = Secret.From(WireText.Decode(community)) });
    }

    private static SnmpMessage? Version3(ref DerReader reader, SnmpMessage seen)
    {
        var header = new DerReader(reader.Next(UniversalTagNumber.Sequence));
        header.Next(UniversalTagNumber.Integer);
        header.Next(UniversalTagNumber.Integer);
        ReadOnlySpan<byte> flags = header.Next(UniversalTagNumber.OctetString);
        long? model = DerValue.Number(header.Next(UniversalTagNumber.Integer));
        ReadOnlySpan<byte> security = reader.Next(UniversalTagNumber.OctetString);
        if (header.Failed || reader.Failed || flags.Length != 1)
        {
            return null;
        }

        seen = seen with { IsAuthenticated = (flags[0] & Authenticated) != 0, IsEncrypted = (flags[0] & Encrypted) != 0 };
        if (model == UserSecurityModel)
        {
            var outer = new DerReader(security);
            var parameters = new DerReader(outer.Next(UniversalTagNumber.Sequence));
            ReadOnlySpan<byte> engine = parameters.Next(UniversalTagNumber.OctetString);
            parameters.Next(UniversalTagNumber.Integer);
            parameters.Next(UniversalTagNumber.Integer);
            ReadOnlySpan<byte> user = parameters.Next(UniversalTagNumber.OctetString);
            if (outer.Failed || parameters.Failed || engine.Length > LongestName || user.Length > LongestName)
            {
                return null;
            }

            seen = seen with { Engine = engine.IsEmpty ? null : Convert.ToHexStringLower(engine), User = user.IsEmpty ? null : WireText.Decode(user) };
        }

        if (seen.IsEncrypted)
        {
            reader.Next(UniversalTagNumber.OctetString);
            return reader.Failed ? null : seen;
        }

        var scoped = new DerReader(reader.Next(UniversalTagNumber.Sequence));
        scoped.Next(UniversalTagNumber.OctetString);
        scoped.Next(UniversalTagNumber.OctetString);
        DerElement pdu = scoped.Next();
        return reader.Failed || scoped.Failed || pdu.Context is < 0 or > HighestPdu ? null : Pdu(pdu, seen);
    }

    // A trap of version 1 has another form (RFC 1157, 4.1.6); its objects come last too.
    private static SnmpMessage? Pdu(in DerElement pdu, SnmpMessage seen)
    {
        var reader = new DerReader(pdu.Content);
        seen = seen with { Pdu = pdu.Context };
        if (pdu.Context == TrapV1)
        {
            return DerValue.Oid(reader.Next(UniversalTagNumber.ObjectIdentifier)) is { } enterprise && !reader.Failed ? seen with { Objects = [enterprise] } : null;
        }

        long? request = DerValue.Signed(reader.Next(UniversalTagNumber.Integer));
        long? status = DerValue.Signed(reader.Next(UniversalTagNumber.Integer));
        reader.Next(UniversalTagNumber.Integer);
        var list = new DerReader(reader.Next(UniversalTagNumber.Sequence));
        if (reader.Failed)
        {
            return null;
        }

        var objects = new List<string>();
        while (list.HasMore && objects.Count < MostObjects)
        {
            var binding = new DerReader(list.Next(UniversalTagNumber.Sequence));
            string? name = DerValue.Oid(binding.Next(UniversalTagNumber.ObjectIdentifier));
            if (binding.Failed || list.Failed || name is null)
            {
                break;
            }

            objects.Add(name);
        }

        return seen with { RequestId = request, ErrorStatus = pdu.Context == Response ? status : null, Objects = objects };
    }
}
