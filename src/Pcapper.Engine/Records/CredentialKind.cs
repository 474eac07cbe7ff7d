namespace Pcapper.Engine;

/// <summary>What a credential is worth to whoever saw it.</summary>
public enum CredentialKind : byte
{
    /// <summary>A password that can be read.</summary>
    Password,

    /// <summary>A token that stands for a login: bearer token, session cookie, API key.</summary>
    Token,

    /// <summary>A community of SNMP: a password for a whole group of devices.</summary>
    Community,

    /// <summary>A response to a challenge, or data encrypted with a key made of a password: the password can be guessed.</summary>
    Response,

    /// <summary>A user's name only.</summary>
    Name,
}
