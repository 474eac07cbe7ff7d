using System.Formats.Asn1;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Reads the contents of operations (RFC 4511, 4.2 to 4.13) into what an <see cref="LdapOperation"/> says of them.</summary>
internal static class LdapReader
{
    /// <summary>The most items of a list that are kept; attributes that matter are kept besides.</summary>
    public const int MaxItems = Limits.LdapAttributes;

    private const int ShortestJudged = 6;
    private const int LongestJudged = 64;
    private const int SimpleAuthentication = 0;
    private const int SaslAuthentication = 3;
    private const int SicilyDiscovery = 9;
    private const int SicilyResponse = 11;
    private const int ServerCredentials = 7;
    private const int Referral = 3;

    /// <summary>Reads a request's content into the operation; what cannot be read is left out.</summary>
    public static LdapOperation Read(LdapOperation operation, ReadOnlySpan<byte> content)
    {
        switch (operation.Kind)
        {
            case LdapOperationKind.Bind:
                return ReadBind(operation, content);
            case LdapOperationKind.Search:
                return ReadSearch(content) is { } search ? operation with { Search = search, Object = search.Base } : operation;
            case LdapOperationKind.Modify:
                return ReadEntry(operation, content, isModification: true);
            case LdapOperationKind.Add:
                return ReadEntry(operation, content, isModification: false);
            case LdapOperationKind.Delete:
                return operation with { Object = WireText.Decode(content) };
            case LdapOperationKind.ModifyDn or LdapOperationKind.Compare:
                return ReadNamed(operation, content);
            case LdapOperationKind.Abandon:
                return operation with { Object = DerValue.Number(content)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty };
            case LdapOperationKind.Extended:
                var fields = new DerReader(content);
                return fields.TryNextContext(0, out ReadOnlySpan<byte> name) ? operation with { Object = WireText.Decode(name) } : operation;
            default:
                return operation;
        }
    }

    /// <summary>Gets the password of a simple bind; empty if there is none.</summary>
    public static ReadOnlySpan<byte> Password(ReadOnlySpan<byte> content)
    {
        DerElement authentication = Authentication(content);
        return authentication.Context == SimpleAuthentication ? authentication.Content : default;
    }

    /// <summary>Gets the token that a bind request carries; empty if there is none.</summary>
    public static ReadOnlySpan<byte> RequestToken(ReadOnlySpan<byte> content)
    {
        DerElement authentication = Authentication(content);
        if (authentication.Context is > SicilyDiscovery and <= SicilyResponse)
        {
            return authentication.Content;
        }

        if (authentication.Context != SaslAuthentication)
        {
            return default;
        }

        var sasl = new DerReader(authentication.Content);
        sasl.Next();
        return sasl.TryNext(UniversalTagNumber.OctetString, out ReadOnlySpan<byte> token) ? token : default;
    }

    /// <summary>Gets the token that a bind response carries; empty if there is none.</summary>
    public static ReadOnlySpan<byte> ResponseToken(ReadOnlySpan<byte> content)
    {
        var fields = new DerReader(content);
        for (int i = 0; fields.HasMore && i < MaxItems; i++)
        {
            DerElement field = fields.Next();
            if (field.Context == ServerCredentials)
            {
                return field.Content;
            }
        }

        return default;
    }

    /// <summary>Reads a result; null if it is none.</summary>
    public static LdapResult? ReadResult(ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
    {
        var fields = new DerReader(content);
        long? code = DerValue.Number(fields.Next(UniversalTagNumber.Enumerated));
        string matched = WireText.Decode(fields.Next(UniversalTagNumber.OctetString));
        string message = WireText.Decode(fields.Next(UniversalTagNumber.OctetString));
        if (fields.Failed || code is not { } number || number > int.MaxValue)
        {
            return null;
        }

        List<string> referrals = fields.TryNextContext(Referral, out ReadOnlySpan<byte> others) ? Texts(others) : [];
        return new LdapResult { Frame = frame, Time = time, Code = (int)number, MatchedName = matched, Message = message, Referrals = referrals };
    }

    private static DerElement Authentication(ReadOnlySpan<byte> bind)
    {
        var fields = new DerReader(bind);
        fields.Next(UniversalTagNumber.Integer);
        fields.Next(UniversalTagNumber.OctetString);
        return fields.HasMore ? fields.Next() : default;
    }

    private static LdapOperation ReadBind(LdapOperation operation, ReadOnlySpan<byte> content)
    {
        var fields = new DerReader(content);
        long? version = DerValue.Number(fields.Next(UniversalTagNumber.Integer));
        string name = WireText.Decode(fields.Next(UniversalTagNumber.OctetString));
        DerElement authentication = Authentication(content);
        operation = operation with { Object = name, Version = version is <= int.MaxValue ? (int)version : null };
        switch (authentication.Context)
        {
            case SimpleAuthentication:
                return operation with { Mechanism = "simple", PasswordLength = authentication.Content.Length };
            case SaslAuthentication:
                var sasl = new DerReader(authentication.Content);
                return operation with { Mechanism = WireText.Decode(sasl.Next().Content, 64) };
            case >= SicilyDiscovery and <= SicilyResponse:
                return operation with { Mechanism = "sicily" };   // MS-ADTS, 5.1.1.1.3
            default:
                return operation;
        }
    }

    private static LdapSearch? ReadSearch(ReadOnlySpan<byte> content)
    {
        var fields = new DerReader(content);
        string start = WireText.Decode(fields.Next(UniversalTagNumber.OctetString));
        long? scope = DerValue.Number(fields.Next(UniversalTagNumber.Enumerated));
        long? aliases = DerValue.Number(fields.Next(UniversalTagNumber.Enumerated));
        long? sizeLimit = DerValue.Number(fields.Next(UniversalTagNumber.Integer));
        fields.Next(UniversalTagNumber.Integer);
        fields.Next(UniversalTagNumber.Boolean);
        DerElement filter = fields.Next();
        if (fields.Failed)
        {
            return null;
        }

        ulong marks = LdapMarks.Of(filter);
        List<string> attributes = [];
        var names = new DerReader(fields.TryNext(UniversalTagNumber.Sequence, out ReadOnlySpan<byte> wanted) ? wanted : default);
        while (names.HasMore)
        {
            DerElement name = names.Next();
            if (!names.Failed && AddAttribute(attributes, name.Content) is { } added)
            {
                marks |= LdapMarks.OfAttribute(added);
            }
        }

        return new LdapSearch
        {
            Base = start,
            Scope = (int)Math.Min(scope ?? 0, byte.MaxValue),
            Aliases = (int)Math.Min(aliases ?? 0, byte.MaxValue),
            SizeLimit = sizeLimit ?? 0,
            Filter = LdapFilter.Write(filter),
            Marks = marks,
            Attributes = attributes,
        };
    }

    // An entry's name, then the attributes: in pairs with their values, and in modifications behind what is to be done.
    private static LdapOperation ReadEntry(LdapOperation operation, ReadOnlySpan<byte> content, bool isModification)
    {
        var fields = new DerReader(content);
        string name = WireText.Decode(fields.Next(UniversalTagNumber.OctetString));
        List<string> attributes = [];
        var items = new DerReader(fields.Next(UniversalTagNumber.Sequence));
        while (items.HasMore)
        {
            var item = new DerReader(items.Next(UniversalTagNumber.Sequence));
            if (isModification)
            {
                item.Next(UniversalTagNumber.Enumerated);
                item = new DerReader(item.Next(UniversalTagNumber.Sequence));
            }

            ReadOnlySpan<byte> attribute = item.Next(UniversalTagNumber.OctetString);
            if (!item.Failed)
            {
                AddAttribute(attributes, attribute);
            }
        }

        return operation with { Object = name, Attributes = attributes };
    }

    // An entry's name, then its new name or the assertion about it.
    private static LdapOperation ReadNamed(LdapOperation operation, ReadOnlySpan<byte> content)
    {
        var fields = new DerReader(content);
        string name = WireText.Decode(fields.Next(UniversalTagNumber.OctetString));
        DerElement next = fields.Next();
        var assertion = new DerReader(next.Content);
        ReadOnlySpan<byte> detail = operation.Kind == LdapOperationKind.Compare ? assertion.Next().Content : next.Content;
        return operation with { Object = name, Attributes = detail.IsEmpty ? [] : [WireText.Decode(detail, Limits.StateText)] };
    }

    // Others in front of them hide no attributes that matter; the rest is for show.
    private static string? AddAttribute(List<string> attributes, ReadOnlySpan<byte> name)
    {
        bool isKept = attributes.Count < MaxItems;
        if (!isKept && name.Length is < ShortestJudged or > LongestJudged)
        {
            return null;
        }

        string attribute = WireText.Decode(name, Limits.StateText);
        if (!isKept && (!LdapMarks.IsJudged(attribute) || attributes.Contains(attribute, StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }

        attributes.Add(attribute);
        return attribute;
    }

    private static List<string> Texts(ReadOnlySpan<byte> content)
    {
        List<string> texts = [];
        var items = new DerReader(content);
        while (items.HasMore && texts.Count < MaxItems)
        {
            DerElement item = items.Next();
            if (!items.Failed)
            {
                texts.Add(WireText.Decode(item.Content, Limits.StateText));
            }
        }

        return texts;
    }
}
