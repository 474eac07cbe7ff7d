using Pcapper.Engine;
using Pcapper.Modules.Protocols.Digest;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>States the passwords, responses and tokens that requests carry.</summary>
internal sealed class HttpLogins(FlowContext flow, RecordBus bus)
{
    private const string Protocol = "http";
    private const int Unauthorized = 401;
    private const int Forbidden = 403;
    private const int ProxyAuthenticationRequired = 407;

    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();

    /// <summary>States what a transaction carries.</summary>
    public void Take(HttpTransaction transaction, Direction requests)
    {
        if (!_credentials.IsWanted || transaction.Request is not { } request)
        {
            return;
        }

        string? host = HttpFields.HostOf(request);
        Authorization(request, "Authorization", host, Outcome(transaction.Response), requests);
        Authorization(request, "Proxy-Authorization", "proxy", ProxyOutcome(transaction.Response), requests);
        Form(request, "form", HttpForms.Login(request), host, requests);
        Form(request, "json", HttpForms.JsonLogin(request), host, requests);
        Form(request, "query", HttpForms.QueryLogin(request), host, requests);
        foreach ((string scheme, string name, string token, string onWire) in HttpTokens.Of(request))
        {
            Emit(Seen(request, requests, scheme, CredentialKind.Token) with { User = name, Secret = Secret.From(token), OnWire = token == onWire ? null : Secret.From(onWire), Realm = host });
        }
    }

    /// <summary>Tells whether a server let a client in; null if the answer does not tell: too many requests, a fault, or a page that is not there say nothing about the password (RFC 9110, 15).</summary>
    public static bool? Outcome(HttpMessage? response) => response?.Status switch
    {
        >= 200 and < 400 => true,
        Unauthorized or Forbidden => false,
        _ => null,
    };

    /// <summary>Tells whether a proxy let a client in; null if the answer does not tell. Whoever is asked for a password by the server behind it, has passed the proxy.</summary>
    public static bool? ProxyOutcome(HttpMessage? response) => response?.Status switch
    {
        (>= 200 and < 400) or Unauthorized => true,
        ProxyAuthenticationRequired => false,
        _ => null,
    };

    private void Form(HttpMessage request, string scheme, (string? User, string Secret, string OnWire)? login, string? host, Direction requests)
    {
        if (login is { } known)
        {
            Emit(Seen(request, requests, scheme, CredentialKind.Password) with { User = known.User, Secret = Secret.From(known.Secret), OnWire = Secret.From(known.OnWire), Realm = host });
        }
    }

    private void Authorization(HttpMessage request, string field, string? host, bool? success, Direction requests)
    {
        // NTLM and SPNEGO are exchanges of several messages: HttpNegotiation follows them.
        if (HttpCredentials.Parse(request.Field(field)) is not { Scheme: not ("ntlm" or "negotiate"), Secret: not null } credentials)
        {
            return;
        }

        CredentialKind kind = credentials.Scheme switch
        {
            "basic" => CredentialKind.Password,
            "digest" => CredentialKind.Response,
            _ => CredentialKind.Token,
        };
        CredentialSeen seen = Seen(request, requests, credentials.Scheme, kind) with { User = credentials.User, Secret = Secret.From(credentials.Secret), Realm = host, Success = success };
        if (kind == CredentialKind.Password)
        {
            seen = seen with { OnWire = Secret.From(credentials.OnWire) };
        }
        else if (kind == CredentialKind.Response)
        {
            (string? user, string? realm, HashLine? line) = DigestResponse.Read(request.Method, credentials.OnWire);
            seen = seen with { User = user, Realm = realm ?? host, Secret = Secret.From(line?.Line ?? credentials.Secret), HashcatMode = line?.Mode };
        }

        Emit(seen);
    }

    private CredentialSeen Seen(HttpMessage request, Direction requests, string scheme, CredentialKind kind) => new()
    {
        Flow = flow.Id,
        Frame = request.Frame,
        Time = request.Time,
        Protocol = Protocol,
        Scheme = scheme,
        Kind = kind,
        Direction = requests,
    };

    private void Emit(CredentialSeen seen) => _credentials.Emit(seen);
}
