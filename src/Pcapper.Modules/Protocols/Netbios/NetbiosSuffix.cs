using System.Globalization;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>What the sixteenth byte of a name says (MS-BRWS 2.1.1 and 3.1.1.1, MS-NBTE 2.2).</summary>
public static class NetbiosSuffix
{
    /// <summary>The host itself, or its domain or workgroup if a group.</summary>
    public const byte Workstation = 0x00;

    /// <summary>Receives messages for a user or host.</summary>
    public const byte Messenger = 0x03;

    /// <summary>The domain master browser, which in a domain is its primary controller.</summary>
    public const byte DomainMaster = 0x1B;

    /// <summary>The controllers of a domain.</summary>
    public const byte Controllers = 0x1C;

    /// <summary>The master browser of a segment.</summary>
    public const byte MasterBrowser = 0x1D;

    /// <summary>Takes part in browser elections.</summary>
    public const byte Elections = 0x1E;

    /// <summary>The file server of a host.</summary>
    public const byte Server = 0x20;

    /// <summary>Gets the role in words.</summary>
    public static string Role(byte suffix, bool isGroup) => (suffix, isGroup) switch
    {
        (0x00, false) => "workstation",
        (0x00, true) => "domain or workgroup",
        (0x01, true) => "master browser",
        (0x01, false) => "messenger",
        (0x03, _) => "messenger",
        (0x06, _) => "remote access server",
        (0x1B, _) => "domain master browser",
        (0x1C, _) => "domain controllers",
        (0x1D, _) => "master browser",
        (0x1E, _) => "browser elections",
        (0x1F, _) => "NetDDE",
        (0x20, _) => "file server",
        (0x21, _) => "remote access client",
        (0xBE, _) => "network monitor agent",
        (0xBF, _) => "network monitor",
        _ => string.Create(CultureInfo.InvariantCulture, $"suffix {suffix:x2}"),
    };

    /// <summary>Tells whether a name with this suffix belongs to one host, so that two owners are one too many.</summary>
    public static bool IsHost(byte suffix) => suffix is Workstation or Messenger or Server;

    /// <summary>Tells whether a group name with this suffix names a domain or workgroup.</summary>
    public static bool IsDomain(byte suffix) => suffix is Workstation or DomainMaster or Controllers or MasterBrowser or Elections;
}
