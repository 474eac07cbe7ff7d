namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>A ticket (RFC 4120, 5.3) as far as it can be read.</summary>
/// <param name="Realm">The realm that issued it.</param>
/// <param name="Service">The service it is for: <c>krbtgt/EXAMPLE.COM</c>.</param>
/// <param name="Cipher">The part that only the service can decrypt.</param>
public sealed record KerberosTicket(string Realm, string Service, KerberosCipher Cipher);
