namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>What a name service message is about (RFC 1002, 4.2.1.1).</summary>
public enum NbnsOpcode : byte
{
    /// <summary>Who has the name, or what names a host has.</summary>
    Query = 0,

    /// <summary>A host claims a name.</summary>
    Registration = 5,

    /// <summary>A host gives a name up.</summary>
    Release = 6,

    /// <summary>The name server asks for patience.</summary>
    Wack = 7,

    /// <summary>A host renews its claim.</summary>
    Refresh = 8,

    /// <summary>The same, as some implementations number it.</summary>
    RefreshAlternative = 9,

    /// <summary>One of several addresses of a host is added (MS-NBTE 2.2.2).</summary>
    MultihomedRegistration = 15,
}
