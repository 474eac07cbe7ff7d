using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What a server chose (RFC 8446, 4.1.3, and its predecessors).</summary>
public sealed class ServerHello
{
    private const ushort LastDraftWithoutSession = 0x7F15;   // drafts up to 21 have neither session identifier nor compression

    // RFC 8446, 4.1.3: a HelloRetryRequest is a ServerHello with this random value.
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    private ServerHello()
    {
    }

    /// <summary>Gets the version field, TLS 1.2's for later versions.</summary>
    public ushort LegacyVersion { get; private set; }

    /// <summary>Gets the version chosen.</summary>
    public ushort Version { get; private set; }

    /// <summary>Gets the session identifier.</summary>
    public byte[] SessionId { get; private set; } = [];

    /// <summary>Gets the cipher suite chosen.</summary>
    public ushort CipherSuite { get; private set; }

    /// <summary>Gets the types of the extensions as sent.</summary>
    public ushort[] Extensions { get; private set; } = [];

    /// <summary>Gets a value indicating whether it asks for another ClientHello.</summary>
    public bool IsRetryRequest { get; private set; }

    /// <summary>Gets the group of the server's key share, or null.</summary>
    public ushort? Group { get; private set; }

    /// <summary>Gets the application protocol chosen, raw, or null.</summary>
    public string? ApplicationProtocol { get; private set; }

    /// <summary>Gets a value indicating whether a pre-shared key was accepted.</summary>
    public bool HasPreSharedKey { get; private set; }

    /// <summary>Reads the body of a ServerHello message; null if it is none.</summary>
    public static ServerHello? Read(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var hello = new ServerHello { LegacyVersion = reader.U16() };
        hello.Version = hello.LegacyVersion;
        hello.IsRetryRequest = reader.Take(32).SequenceEqual(RetryRandom);
        bool hasSession = hello.LegacyVersion >> 8 != 0x7F || hello.LegacyVersion > LastDraftWithoutSession;
        if (hasSession)
        {
            hello.SessionId = reader.Take(reader.U8()).ToArray();
        }

        hello.CipherSuite = reader.U16();
        if (hasSession)
        {
            reader.U8();
        }

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
            case TlsExtension.SupportedVersions when content.Length == 2:
                Version = reader.U16();
                break;
            case TlsExtension.KeyShare when content.Length >= 2:
                Group = reader.U16();
                break;
            case TlsExtension.PreSharedKey:
                HasPreSharedKey = true;
                break;
            case TlsExtension.ApplicationProtocols when WireLists.Names(reader.Take(reader.U16())) is [var chosen, ..]:
                ApplicationProtocol = Encoding.Latin1.GetString(chosen);
                break;
            default:
                break;
        }
    }
}
