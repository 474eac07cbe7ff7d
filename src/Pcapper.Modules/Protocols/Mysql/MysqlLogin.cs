using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mysql;

/// <summary>What a MySQL client answers the greeting with (Protocol::HandshakeResponse41, Protocol::SSLRequest).</summary>
/// <param name="WantsTls">Whether it asks for TLS.</param>
/// <param name="HasNoPassword">Whether it tries to log in without a password.</param>
/// <param name="User">The user.</param>
/// <param name="Response">What it answers the greeting's salt with.</param>
/// <param name="Database">The database, or null.</param>
/// <param name="Plugin">How the response was made, or null.</param>
internal readonly record struct MysqlLogin(bool WantsTls, bool HasNoPassword, string? User, byte[] Response, string? Database, string? Plugin)
{
    private const uint WithDatabase = 0x0008;
    private const uint PluginAuthentication = 0x0008_0000;
    private const uint Protocol41 = 0x0200;
    private const uint Ssl = 0x0800;
    private const uint SecureConnection = 0x8000;
    private const uint LongAuthentication = 0x0020_0000;
    private const int SslRequest = 32;
    private const int Reserved = 23;
    private const int MaxLogin = 4096;

    /// <summary>Judges whether a stream begins with a login.</summary>
    public static Confidence Probe(ReadOnlySpan<byte> first)
    {
        var reader = new WireReader(first);
        int length = MysqlPacket.Length(ref reader);
        byte sequence = reader.U8();
        uint capabilities = reader.U32Little();
        if (reader.Overrun)
        {
            bool cannotBe = (first.Length > 2 && length is < 5 or > MaxLogin) || (first.Length > 3 && sequence != 1);
            return cannotBe && first.Length > 2 ? Confidence.No : Confidence.Undecided;
        }

        return length is >= SslRequest and <= MaxLogin && sequence == 1 && (capabilities & Protocol41) != 0 ? Confidence.Plausible : Confidence.No;
    }

    /// <summary>Reads a packet's body.</summary>
    public static MysqlLogin Read(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        uint capabilities = reader.U32Little();
        if (reader.Overrun || (capabilities & Protocol41) == 0)
        {
            return default;
        }

        if ((capabilities & Ssl) != 0 && body.Length <= SslRequest)
        {
            return new MysqlLogin(true, false, null, [], null, null);
        }

        reader.Skip(4 + 1 + Reserved);
        int end = reader.Rest.IndexOf((byte)0);
        string? user = LoginTeller.Text(Text(ref reader));
        bool isCounted = (capabilities & (SecureConnection | LongAuthentication)) != 0;
        ReadOnlySpan<byte> response = isCounted ? reader.Take(reader.U8()) : Text(ref reader);
        string? database = (capabilities & WithDatabase) != 0 ? LoginTeller.Text(Text(ref reader)) : null;
        string? plugin = (capabilities & PluginAuthentication) != 0 ? LoginTeller.Text(Text(ref reader)) : null;
        return new MysqlLogin(false, end > 0 && isCounted && !reader.Overrun && response.IsEmpty, user, response.ToArray(), string.IsNullOrEmpty(database) ? null : database, plugin);
    }

    private static ReadOnlySpan<byte> Text(ref WireReader reader)
    {
        int end = reader.Rest.IndexOf((byte)0);
        ReadOnlySpan<byte> text = reader.Take(end < 0 ? reader.Remaining : end);
        reader.Skip(end < 0 ? 0 : 1);
        return text;
    }
}
