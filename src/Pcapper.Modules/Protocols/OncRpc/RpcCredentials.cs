using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>As whom a call is made.</summary>
/// <param name="Flavor">The kind of credentials (RFC 5531, 8.2).</param>
/// <param name="Machine">AUTH_SYS: the host name that the client gives itself, raw.</param>
/// <param name="Uid">AUTH_SYS: the user that the client says it acts for.</param>
/// <param name="Gid">AUTH_SYS: the group.</param>
/// <param name="GssService">RPCSEC_GSS: 1 authentication only, 2 integrity, 3 privacy (RFC 2203, 5).</param>
public readonly record struct RpcCredentials(uint Flavor, string? Machine = null, uint? Uid = null, uint? Gid = null, uint? GssService = null)
{
    /// <summary>No credentials.</summary>
    public const uint None = 0;

    /// <summary>What the client says, unproven.</summary>
    public const uint Sys = 1;

    /// <summary>GSS-API, which in practice is Kerberos.</summary>
    public const uint Gss = 6;

    /// <summary>Bytes of credentials at most (RFC 5531, 8.2).</summary>
    internal const int MaxBody = 400;

    private const int MaxMachine = 255;

    /// <summary>Gets them in words: <c>uid 0 gid 0 on ws-anna</c>.</summary>
    public string Text => Flavor switch
    {
        None => "none",
        Sys => string.Create(CultureInfo.InvariantCulture, $"uid {Uid} gid {Gid} on {Machine}"),
        Gss => GssService switch { 2 => "GSS with integrity", 3 => "GSS with privacy", _ => "GSS" },
        _ => string.Create(CultureInfo.InvariantCulture, $"flavor {Flavor}"),
    };

    /// <summary>Reads credentials; false if their length breaks the rules.</summary>
    internal static bool TryRead(ref WireReader reader, out RpcCredentials credentials)
    {
        uint flavor = reader.U32();
        var body = new WireReader(reader.Opaque(MaxBody));
        credentials = new RpcCredentials(flavor);
        if (reader.Overrun)
        {
            return false;
        }

        if (flavor == Sys)
        {
            body.U32();
            string machine = body.Text(MaxMachine);
            uint uid = body.U32();
            uint gid = body.U32();
            credentials = body.Overrun ? credentials : new RpcCredentials(flavor, machine, uid, gid);
        }
        else if (flavor == Gss)
        {
            body.Skip(12);
            uint service = body.U32();
            credentials = body.Overrun ? credentials : new RpcCredentials(flavor, GssService: service);
        }

        return true;
    }
}
