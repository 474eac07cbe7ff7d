using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>
/// Writes what was encrypted with a key made of a password as hashcat reads it: pre-authentication (7500, 19800, 19900), the client's part
/// of AS replies (18200, 32100, 32200) and service tickets (13100, 19600, 19700). Lengths are those that hashcat's parsers accept.
/// </summary>
public static class KerberosHash
{
    private const int Aes128 = 17;
    private const int Aes256 = 18;
    private const int Rc4Checksum = 16;          // RFC 4757, 4: the checksum comes first
    private const int AesChecksum = 12;          // RFC 3961, 5.3 with RFC 3962: the checksum comes last
    private const int Rc4Timestamp = 52;
    private const int ShortestAesTimestamp = 52;
    private const int LongestAesTimestamp = 56;
    private const int ShortestData = 32;
    private const int LongestData = 20480;
    private const int LongestName = 64;
    private const int LongestService = 512;

    /// <summary>Gets the line for an encrypted timestamp, or null.</summary>
    /// <param name="request">The AS request.</param>
    /// <param name="salts">What the key distribution center told of the account's salt before or after.</param>
    public static HashLine? Timestamp(KerberosRequest request, IReadOnlyList<KerberosSalt> salts)
    {
        if (request is not { Type: KerberosMessageType.AsRequest, EncryptedTimestamp: { } cipher, Client: { } client, Realm: { } realm })
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = cipher.Bytes.Span;
        if (cipher.Encryption == KerberosNames.Rc4)
        {
            return bytes.Length == Rc4Timestamp && IsName(client) && IsName(realm)
                ? new(7500, $"$krb5pa$23${client}${realm}$${Hex(bytes[Rc4Checksum..])}{Hex(bytes[..Rc4Checksum])}") : null;
        }

        (string user, string domain) = Salted(client, realm, cipher.Encryption, salts);
        return cipher.Encryption is Aes128 or Aes256 && bytes.Length is >= ShortestAesTimestamp and <= LongestAesTimestamp && IsName(user) && IsName(domain)
            ? new(cipher.Encryption == Aes128 ? 19800 : 19900, FormattableString.Invariant($"$krb5pa${cipher.Encryption}${user}${domain}${Hex(bytes)}")) : null;
    }

    /// <summary>Gets the line for the client's part of an AS reply, or null. After PKINIT and inside FAST its key is not made of a password.</summary>
    public static HashLine? Reply(KerberosRequest? request, KerberosReply reply)
    {
        if (reply is not { Type: KerberosMessageType.AsReply, EncryptedPart: { } cipher } || IsKeyed(reply.PreAuthentication) || (request is not null && IsKeyed(request.PreAuthentication)))
        {
            return null;
        }

        string client = reply.Client ?? request?.Client ?? string.Empty;
        string realm = reply.ClientRealm ?? request?.Realm ?? string.Empty;
        if (!IsName(client) || !IsName(realm) || client.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        if (cipher.Encryption == KerberosNames.Rc4)
        {
            return Rc4(cipher) is { } data ? new(18200, $"$krb5asrep$23${client}@{realm}:{data}") : null;
        }

        (string user, string domain) = Salted(client, realm, cipher.Encryption, reply.Salts);
        return Aes(cipher) is { } parts && IsName(user) && IsName(domain)
            ? new(cipher.Encryption == Aes128 ? 32100 : 32200, FormattableString.Invariant($"$krb5asrep${cipher.Encryption}${user}${domain}${parts}")) : null;
    }

    /// <summary>
    /// Gets the line for a ticket, or null if its key is not made of a password (ticket-granting tickets, user to user). The account behind
    /// a service is not told: it is taken to be named like the service, as RFC 4120, 4 salts keys.
    /// </summary>
    public static HashLine? Ticket(KerberosRequest? request, KerberosTicket ticket)
    {
        string service = ticket.Service;
        if (service.StartsWith("krbtgt", StringComparison.OrdinalIgnoreCase) || (request is { } asked && (asked.Options & KerberosNames.UserToUser) != 0 && asked.Type == KerberosMessageType.TgsRequest))
        {
            return null;
        }

        (string account, string realm) = Account(service, ticket.Realm);
        if (!IsName(account) || !IsName(realm) || !IsService(service))
        {
            return null;
        }

        if (ticket.Cipher.Encryption == KerberosNames.Rc4)
        {
            // Colons would be taken for the end of the hash in result files.
            return Rc4(ticket.Cipher) is { } data ? new(13100, $"$krb5tgs$23$*{account}${realm}${service.Replace(':', '~')}*${data}") : null;
        }

        return Aes(ticket.Cipher) is { } parts
            ? new(ticket.Cipher.Encryption == Aes128 ? 19600 : 19700, FormattableString.Invariant($"$krb5tgs${ticket.Cipher.Encryption}${account}${realm}$*{service.Replace(':', '~')}*${parts}")) : null;
    }

    // PA-PK-AS-REQ, PA-PK-AS-REP (RFC 4556), PA-FX-FAST (RFC 6113), SPAKE: the reply is encrypted with a key of the exchange.
    private static bool IsKeyed(IReadOnlyList<int> preAuthentication) => preAuthentication.Any(type => type is 14 or 15 or 16 or 17 or 136 or 151);

    // "svc_sql" and "svc_sql@EXAMPLE.COM" name an account; of "HTTP/web.example.com" the parts are put together.
    private static (string Account, string Realm) Account(string service, string realm)
    {
        int at = service.IndexOf('@', StringComparison.Ordinal);
        string name = at > 0 && !service.Contains('/', StringComparison.Ordinal) ? service[..at] : service;
        return (name.Replace("/", string.Empty, StringComparison.Ordinal).Replace(':', '~'), realm);
    }

    // hashcat salts with realm and user; the salt that was told may spell them in another way.
    private static (string User, string Realm) Salted(string client, string realm, int encryption, IReadOnlyList<KerberosSalt> salts)
    {
        string? salt = salts.FirstOrDefault(known => known.Encryption == encryption)?.Salt;
        return salt is not null && salt.Length > realm.Length && salt.StartsWith(realm, StringComparison.OrdinalIgnoreCase) && IsUpper(salt[..realm.Length])
            ? (salt[realm.Length..], salt[..realm.Length])
            : (client.Replace("/", string.Empty, StringComparison.Ordinal), realm);
    }

    private static bool IsUpper(string realm) => realm.Equals(realm.ToUpperInvariant(), StringComparison.Ordinal);

    private static string? Rc4(KerberosCipher cipher)
    {
        ReadOnlySpan<byte> bytes = cipher.Bytes.Span;
        return bytes.Length - Rc4Checksum is >= ShortestData and <= LongestData ? $"{Hex(bytes[..Rc4Checksum])}${Hex(bytes[Rc4Checksum..])}" : null;
    }

    private static string? Aes(KerberosCipher cipher)
    {
        ReadOnlySpan<byte> bytes = cipher.Bytes.Span;
        return cipher.Encryption is Aes128 or Aes256 && bytes.Length - AesChecksum is >= ShortestData and <= LongestData
            ? $"{Hex(bytes[^AesChecksum..])}${Hex(bytes[..^AesChecksum])}" : null;
    }

    // "$" and "*" separate fields, line ends end lines.
    private static bool IsName(string name) => name.Length is > 0 and <= LongestName && IsService(name) && !name.Contains('$', StringComparison.Ordinal);

    private static bool IsService(string name) => name.Length <= LongestService && !name.Contains('*', StringComparison.Ordinal) && !name.Any(char.IsControl) && !name.Any(char.IsSurrogate);

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);
}
