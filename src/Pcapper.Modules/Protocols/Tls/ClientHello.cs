using System.Text;
using Pcapper.Modules.Protocols.X509;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What a client offers (RFC 8446, 4.1.2, and its predecessors).</summary>
public sealed class ClientHello
{
    private ClientHello()
    {
    }

    /// <summary>Gets the version field, TLS 1.2's for later versions.</summary>
    public ushort LegacyVersion { get; private set; }

    /// <summary>Gets a value indicating whether it is an SSL 2.0 hello, which may offer later versions.</summary>
    public bool IsSslV2 { get; private set; }

    /// <summary>Gets the session identifier.</summary>
    public byte[] SessionId { get; private set; } = [];

    /// <summary>Gets the cipher suites as offered.</summary>
    public ushort[] CipherSuites { get; private set; } = [];

    /// <summary>Gets the types of the extensions as offered.</summary>
    public ushort[] Extensions { get; private set; } = [];

    /// <summary>Gets the server name, raw, or null.</summary>
    public string? ServerName { get; private set; }

    /// <summary>Gets the application protocols as offered.</summary>
    public byte[][] ApplicationProtocols { get; private set; } = [];

    /// <summary>Gets the groups as offered.</summary>
    public ushort[] Groups { get; private set; } = [];

    /// <summary>Gets the point formats as offered.</summary>
    public byte[] PointFormats { get; private set; } = [];

    /// <summary>Gets the signature algorithms as offered.</summary>
    public ushort[] SignatureAlgorithms { get; private set; } = [];

    /// <summary>Gets the versions of the supported_versions extension as offered.</summary>
    public ushort[] SupportedVersions { get; private set; } = [];

    /// <summary>Gets a value indicating whether it presents a session ticket (RFC 5077).</summary>
    public bool HasTicket { get; private set; }

    /// <summary>Gets a value indicating whether data follow at once (0-RTT).</summary>
    public bool HasEarlyData { get; private set; }

    /// <summary>Gets a value indicating whether the true hello or server name is encrypted inside (ECH, ESNI); clients also send it empty, as GREASE.</summary>
    public bool HasEncryptedHello { get; private set; }

    /// <summary>Gets the latest version that it offers.</summary>
    public ushort BestVersion => SupportedVersions.Where(v => !Grease.Is(v)).Select(v => (Rank: VersionRank(v), Version: v))
        .DefaultIfEmpty((Rank: 0, Version: LegacyVersion)).Max().Version;

    /// <summary>Gets the first application protocol as text, or null.</summary>
    public string? FirstApplicationProtocol => ApplicationProtocols.Length == 0 ? null : Encoding.Latin1.GetString(ApplicationProtocols[0]);

    /// <summary>Reads the body of a ClientHello message; null if it is none.</summary>
    /// <param name="body">What follows the message's length.</param>
    /// <param name="isDatagram">Whether it is DTLS, whose hello has a cookie.</param>
    public static ClientHello? Read(ReadOnlySpan<byte> body, bool isDatagram)
    {
        var reader = new WireReader(body);
        var hello = new ClientHello { LegacyVersion = reader.U16() };
        reader.Skip(32);
        hello.SessionId = reader.Take(reader.U8()).ToArray();
        if (isDatagram)
        {
            reader.Skip(reader.U8());
        }

        hello.CipherSuites = WireLists.Numbers(reader.Take(reader.U16()));
        reader.Skip(reader.U8());
        if (reader.Overrun || !TlsVersions.IsPlausible(hello.LegacyVersion))
        {
            return null;
        }

        if (reader.Remaining >= 2)
        {
            hello.ReadExtensions(WireLists.TakeUpTo(ref reader, reader.U16()));
        }

        return hello;
    }

    /// <summary>Reads an SSL 2.0 CLIENT-HELLO, the message type included; null if it is none.</summary>
    public static ClientHello? ReadSslV2(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        byte type = reader.U8();
        ushort version = reader.U16();
        ushort ciphers = reader.U16();
        ushort session = reader.U16();
        ushort challenge = reader.U16();
        ReadOnlySpan<byte> specs = reader.Take(ciphers);
        if (reader.Overrun || type != 1 || version != TlsVersions.Ssl2 && version >> 8 != 3 || ciphers % 3 != 0 || ciphers == 0
            || session is not (0 or 16) || challenge is < 16 or > 32 || reader.Remaining != session + challenge)
        {
            return null;
        }

        var suites = new List<ushort>();
        for (; specs.Length >= 3; specs = specs[3..])
        {
            if (specs[0] == 0)
            {
                suites.Add((ushort)((specs[1] << 8) | specs[2]));   // RFC 5246, appendix E.2
            }
        }

        return new ClientHello { LegacyVersion = version, IsSslV2 = true, CipherSuites = [.. suites] };
    }

    private static int VersionRank(ushort version) => (version >> 8) switch
    {
        0xFE => 0x10000 - version,   // DTLS counts down
        0x7F => TlsVersions.Tls13 - 1,
        _ => version,
    };

    private void ReadExtensions(ReadOnlySpan<byte> bytes)
    {
        var types = new List<ushort>();
        var reader = new WireReader(bytes);
        while (reader.Remaining >= 4)
        {
            ushort type = reader.U16();
            ReadOnlySpan<byte> content = reader.Take(reader.U16());
            if (reader.Overrun)
            {
                break;
            }

            types.Add(type);
            ReadExtension((TlsExtension)type, content);
        }

        Extensions = [.. types];
    }

    private void ReadExtension(TlsExtension type, ReadOnlySpan<byte> content)
    {
        var reader = new WireReader(content);
        switch (type)
        {
            case TlsExtension.ServerName:
                ServerName ??= ReadServerName(content);
                break;
            case TlsExtension.SupportedGroups:
                Groups = WireLists.Numbers(reader.Take(reader.U16()));
                break;
            case TlsExtension.PointFormats:
                PointFormats = reader.Take(reader.U8()).ToArray();
                break;
            case TlsExtension.SignatureAlgorithms:
                SignatureAlgorithms = WireLists.Numbers(reader.Take(reader.U16()));
                break;
            case TlsExtension.ApplicationProtocols:
                ApplicationProtocols = WireLists.Names(reader.Take(reader.U16()));
                break;
            case TlsExtension.SupportedVersions:
                SupportedVersions = WireLists.Numbers(reader.Take(reader.U8()));
                break;
            case TlsExtension.SessionTicket:
                HasTicket = !content.IsEmpty;
                break;
            case TlsExtension.EarlyData:
                HasEarlyData = true;
                break;
            case TlsExtension.EncryptedClientHello or TlsExtension.EncryptedServerName:
                HasEncryptedHello = true;
                break;
            default:
                break;
        }
    }

    /// <summary>Reads the first host name of a server_name extension (RFC 6066, 3).</summary>
    private static string? ReadServerName(ReadOnlySpan<byte> content)
    {
        var reader = new WireReader(content);
        reader.U16();
        byte type = reader.U8();
        ReadOnlySpan<byte> name = reader.Take(reader.U16());
        return reader.Overrun || type != 0 || name.IsEmpty ? null : DistinguishedName.Cut(Encoding.UTF8.GetString(name));
    }
}
