namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Judges by type and names whether a reply answers a request: no number pairs them that can be read (RFC 4120, 3.1.5, 3.3.4 and 5.9.1).</summary>
internal static class KerberosFits
{
    private const uint Canonicalize = 0x0001_0000;   // RFC 6806, 3
    private const string TicketGranting = "krbtgt/";

    /// <summary>Tells how well a reply fits a request.</summary>
    public static KerberosFit Of(KerberosReply reply, KerberosRequest request) => reply.Type switch
    {
        KerberosMessageType.AsReply when request.Type == KerberosMessageType.AsRequest => Worse(Client(reply, request), Realm(reply, request)),
        KerberosMessageType.TgsReply when request.Type == KerberosMessageType.TgsRequest => Service(reply, request),
        KerberosMessageType.ApReply when request.Type == KerberosMessageType.ApRequest => KerberosFit.Possible,
        KerberosMessageType.AsReply or KerberosMessageType.TgsReply or KerberosMessageType.ApReply => KerberosFit.None,
        _ => Worse(Client(reply, request), Service(reply, request)),
    };

    // Who asks for it gets his name as the server writes it.
    private static KerberosFit Client(KerberosReply reply, KerberosRequest request)
        => reply.Client is null || request.Client is null ? KerberosFit.Possible
            : IsSame(reply.Client, request.Client) ? KerberosFit.Names
            : MayBeRenamed(request, request.Client) ? KerberosFit.Possible : KerberosFit.None;

    // Active Directory knows a realm by two names (MS-KILE).
    private static KerberosFit Realm(KerberosReply reply, KerberosRequest request)
        => reply.ClientRealm is { } realm && request.Realm is { } asked && IsSame(realm, asked) ? KerberosFit.Names : KerberosFit.Possible;

    // Referrals name the ticket-granting service of the next realm (RFC 6806, 8).
    private static KerberosFit Service(KerberosReply reply, KerberosRequest request)
        => reply.Service is null || request.Service is null ? KerberosFit.Possible
            : IsSame(reply.Service, request.Service) ? KerberosFit.Names
            : MayBeRenamed(request, request.Service) || reply.Service.StartsWith(TicketGranting, StringComparison.OrdinalIgnoreCase) ? KerberosFit.Possible
            : KerberosFit.None;

    private static bool MayBeRenamed(KerberosRequest request, string name) => (request.Options & Canonicalize) != 0 || name.Contains('@', StringComparison.Ordinal);

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static KerberosFit Worse(KerberosFit one, KerberosFit other) => one < other ? one : other;
}
