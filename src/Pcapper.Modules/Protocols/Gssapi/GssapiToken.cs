using System.Formats.Asn1;
using Pcapper.Modules.Protocols.Asn1;

namespace Pcapper.Modules.Protocols.Gssapi;

/// <summary>One token, taken apart as far as its frame goes.</summary>
internal readonly ref struct GssapiToken
{
    private const int Application = 0;          // [APPLICATION 0]: RFC 2743, 3.1
    private const int NegTokenInit = 0;         // RFC 4178, 4.2.1
    private const int NegTokenResponse = 1;     // RFC 4178, 4.2.2
    private const int MostMechanisms = 16;

    /// <summary>Gets the mechanism that was offered first, or chosen.</summary>
    public GssapiMechanism Mechanism { get; private init; }

    /// <summary>Gets the mechanism's own token, or nothing.</summary>
    public ReadOnlySpan<byte> Inner { get; private init; }

    /// <summary>Gets a value indicating whether this is SPNEGO, whose inner token may be framed again.</summary>
    public bool IsSpnego { get; private init; }

    private static ReadOnlySpan<byte> SpnegoOid => [0x2B, 0x06, 0x01, 0x05, 0x05, 0x02];

    private static ReadOnlySpan<byte> NtlmOid => [0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x0A];

    private static ReadOnlySpan<byte> NegoExOid => [0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x02, 0x02, 0x1E];

    private static ReadOnlySpan<byte> KerberosOid => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x02];

    // An old slip of Microsoft's (RFC 4178, appendix C names it): 113554 became 48018.
    private static ReadOnlySpan<byte> MicrosoftKerberosOid => [0x2A, 0x86, 0x48, 0x82, 0xF7, 0x12, 0x01, 0x02, 0x02];

    private static ReadOnlySpan<byte> UserToUserOid => [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x12, 0x01, 0x02, 0x02, 0x03];

    /// <summary>Reads a framed token; what is none gives no mechanism.</summary>
    public static GssapiToken Read(ReadOnlySpan<byte> token)
    {
        var reader = new DerReader(token);
        DerElement element = reader.Next();
        if (reader.Failed)
        {
            return default;
        }

        if (element.Context == NegTokenResponse)
        {
            return ReadResponse(element.Content);
        }

        if (element.Context == NegTokenInit)
        {
            return ReadInit(element.Content);
        }

        if (element.Tag.TagClass != TagClass.Application || element.Tag.TagValue != Application)
        {
            return default;
        }

        var framed = new DerReader(element.Content);
        DerElement mechanism = framed.Next();
        if (framed.Failed || mechanism.Universal != (int)UniversalTagNumber.ObjectIdentifier)
        {
            return default;
        }

        ReadOnlySpan<byte> inner = element.Content[mechanism.Encoded.Length..];
        if (!mechanism.Content.SequenceEqual(SpnegoOid))
        {
            return new GssapiToken { Mechanism = Named(mechanism.Content), Inner = inner };
        }

        var choice = new DerReader(inner);
        DerElement chosen = choice.Next();
        return chosen.Context == NegTokenInit ? ReadInit(chosen.Content) : chosen.Context == NegTokenResponse ? ReadResponse(chosen.Content) : default;
    }

    private static GssapiToken ReadInit(ReadOnlySpan<byte> content)
    {
        var outer = new DerReader(content);
        var fields = new DerReader(outer.Next(UniversalTagNumber.Sequence));
        var first = GssapiMechanism.None;
        if (fields.TryNextContext(0, out ReadOnlySpan<byte> types))
        {
            var list = new DerReader(new DerReader(types).Next(UniversalTagNumber.Sequence));
            for (int i = 0; i < MostMechanisms && list.HasMore && first == GssapiMechanism.None; i++)
            {
                DerElement type = list.Next();
                first = list.Failed ? GssapiMechanism.None : Named(type.Content);
            }
        }

        fields.TryNextContext(1, out _);   // reqFlags
        return new GssapiToken { Mechanism = first, Inner = OctetString(ref fields, 2), IsSpnego = true };
    }

    private static GssapiToken ReadResponse(ReadOnlySpan<byte> content)
    {
        var outer = new DerReader(content);
        var fields = new DerReader(outer.Next(UniversalTagNumber.Sequence));
        fields.TryNextContext(0, out _);   // negState
        GssapiMechanism mechanism = fields.TryNextContext(1, out ReadOnlySpan<byte> supported)
            ? Named(new DerReader(supported).Next(UniversalTagNumber.ObjectIdentifier))
            : GssapiMechanism.None;
        return new GssapiToken { Mechanism = mechanism, Inner = OctetString(ref fields, 2), IsSpnego = true };
    }

    private static ReadOnlySpan<byte> OctetString(scoped ref DerReader fields, int number)
        => fields.TryNextContext(number, out ReadOnlySpan<byte> wrapped) ? new DerReader(wrapped).Next(UniversalTagNumber.OctetString) : default;

    private static GssapiMechanism Named(ReadOnlySpan<byte> oid)
        => oid.SequenceEqual(NtlmOid) ? GssapiMechanism.Ntlm
            : oid.SequenceEqual(KerberosOid) || oid.SequenceEqual(MicrosoftKerberosOid) || oid.SequenceEqual(UserToUserOid) ? GssapiMechanism.Kerberos
            : oid.SequenceEqual(NegoExOid) ? GssapiMechanism.NegoEx
            : oid.IsEmpty ? GssapiMechanism.None : GssapiMechanism.Other;
}
