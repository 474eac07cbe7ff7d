namespace Pcapper.Modules.Protocols.Tds;

/// <summary>Kinds of packets (MS-TDS, 2.2.3.1.1).</summary>
internal enum TdsPacketType : byte
{
    /// <summary>A batch of SQL.</summary>
    Batch = 0x01,

    /// <summary>The server's answer to anything.</summary>
    Answer = 0x04,

    /// <summary>A login of version 7 and later.</summary>
    Login7 = 0x10,

    /// <summary>A token of SSPI.</summary>
    Sspi = 0x11,

    /// <summary>What comes before the login, also TLS.</summary>
    PreLogin = 0x12,
}
