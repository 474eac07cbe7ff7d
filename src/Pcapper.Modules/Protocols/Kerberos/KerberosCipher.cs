namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Encrypted data (RFC 4120, 5.2.9): what password guessing needs of it.</summary>
/// <param name="Encryption">The encryption type (RFC 3961).</param>
/// <param name="Version">The version of the key, if told.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Bytes">The bytes; empty if they are more than <see cref="MaxBytes"/>.</param>
public sealed record KerberosCipher(int Encryption, long? Version, int Length, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The most bytes kept: a ticket with the groups of a large domain has some ten thousand.</summary>
    public const int MaxBytes = 64 * 1024;
}
