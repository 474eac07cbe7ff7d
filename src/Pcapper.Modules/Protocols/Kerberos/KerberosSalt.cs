namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>An encryption type that a key distribution center accepts for an account, and the salt of its key (RFC 4120, 5.2.7.5).</summary>
/// <param name="Encryption">The encryption type.</param>
/// <param name="Salt">The salt, or null.</param>
public sealed record KerberosSalt(int Encryption, string? Salt);
