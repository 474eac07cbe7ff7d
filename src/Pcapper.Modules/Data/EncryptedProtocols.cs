namespace Pcapper.Modules.Data;

/// <summary>Protocols whose contents nobody can read on the way: what looks like text or matches a rule there is chance.</summary>
internal static class EncryptedProtocols
{
    /// <summary>Tells whether a protocol is one.</summary>
    public static bool Has(string protocol) => protocol is "tls" or "dtls" or "quic" or "ssh";
}
