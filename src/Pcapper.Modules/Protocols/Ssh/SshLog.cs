using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ssh;

/// <summary>ssh.log: one row a connection.</summary>
public static class SshLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<SshConnection>.ForFlow(
        "ssh",
        new("version", "count", c => LogValue.Count(c.Version)),
        new("client", "string", c => c.ClientId),
        new("server", "string", c => c.ServerId),
        new("cipher_alg", "string", c => c.Cipher),
        new("mac_alg", "string", c => c.Mac),
        new("compression_alg", "string", c => c.Compression),
        new("kex_alg", "string", c => c.KeyExchange),
        new("host_key_alg", "string", c => c.HostKeyAlgorithm),
        new("host_key_fingerprint", "string", c => c.HostKeyFingerprint),
        new("hassh", "string", c => c.Hassh),
        new("hasshServer", "string", c => c.HasshServer));
}
