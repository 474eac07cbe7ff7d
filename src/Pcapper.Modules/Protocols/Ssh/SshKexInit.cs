using System.Security.Cryptography;
using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ssh;

/// <summary>What one side can do: the name lists of SSH_MSG_KEXINIT (RFC 4253, 7.1), as they stand.</summary>
public sealed record SshKexInit
{
    private const int CookieLength = 16;
    private const int Lists = 8;

    private readonly string[] _lists;

    private SshKexInit(string[] lists) => _lists = lists;

    /// <summary>Gets the methods of key exchange.</summary>
    public string KeyExchange => _lists[0];

    /// <summary>Gets the algorithms of host keys.</summary>
    public string HostKey => _lists[1];

    /// <summary>Gets the HASSH that it gives a client (Salesforce, hassh: methods of key exchange, and what is offered from client to server).</summary>
    public string Hassh => Md5(_lists[0], _lists[2], _lists[4], _lists[6]);

    /// <summary>Gets the HASSH that it gives a server: the same with what is offered from server to client.</summary>
    public string HasshServer => Md5(_lists[0], _lists[3], _lists[5], _lists[7]);

    /// <summary>Gets the ciphers from client to server.</summary>
    public string Ciphers => _lists[2];

    /// <summary>Gets the message authentication codes from client to server.</summary>
    public string Macs => _lists[4];

    /// <summary>Gets the compressions from client to server.</summary>
    public string Compressions => _lists[6];

    /// <summary>Reads what follows the message's number; null if it is cut.</summary>
    public static SshKexInit? Read(ReadOnlySpan<byte> payload)
    {
        var reader = new WireReader(payload);
        reader.Skip(CookieLength);
        var lists = new string[Lists];
        for (int i = 0; i < Lists; i++)
        {
            lists[i] = Encoding.Latin1.GetString(reader.Take((int)Math.Min(reader.U32(), int.MaxValue)));
        }

        return reader.Overrun ? null : new SshKexInit(lists);
    }

    /// <summary>Gets what both agree on: the first of the client's that the server has too (RFC 4253, 7.1); null if there is none.</summary>
    public static string? Agreed(string client, string server)
    {
        // A set: lists that a peer makes up may have tens of thousands of names.
        HashSet<string> offered = [.. server.Split(',', StringSplitOptions.RemoveEmptyEntries)];
        return client.Split(',', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(offered.Contains);
    }

#pragma warning disable CA5351 // The fingerprint is defined with MD5; nothing is protected by it.
    private static string Md5(params ReadOnlySpan<string> lists) => Convert.ToHexStringLower(MD5.HashData(Encoding.Latin1.GetBytes(string.Join(';', lists))));
#pragma warning restore CA5351
}
