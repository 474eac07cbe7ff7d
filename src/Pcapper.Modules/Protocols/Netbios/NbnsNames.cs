using System.Globalization;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>Names of the numbers in name service messages (RFC 1002, 4.2.1).</summary>
public static class NbnsNames
{
    /// <summary>Gets the name of a record type.</summary>
    public static string Type(ushort type) => type switch
    {
        0x01 => "A",
        0x02 => "NS",
        0x0A => "NULL",
        NbnsMessage.TypeNb => "NB",
        NbnsMessage.TypeNbstat => "NBSTAT",
        _ => string.Create(CultureInfo.InvariantCulture, $"TYPE{type}"),
    };

    /// <summary>Gets the name of an operation.</summary>
    public static string Opcode(NbnsOpcode opcode) => opcode switch
    {
        NbnsOpcode.Query => "query",
        NbnsOpcode.Registration => "registration",
        NbnsOpcode.Release => "release",
        NbnsOpcode.Wack => "wack",
        NbnsOpcode.Refresh or NbnsOpcode.RefreshAlternative => "refresh",
        NbnsOpcode.MultihomedRegistration => "multihomed registration",
        _ => string.Create(CultureInfo.InvariantCulture, $"opcode-{(byte)opcode}"),
    };

    /// <summary>Gets the name of a result code.</summary>
    public static string Rcode(int code) => code switch
    {
        0 => "NOERROR",
        1 => "FMT_ERR",
        2 => "SRV_ERR",
        3 => "NAM_ERR",
        4 => "IMP_ERR",
        5 => "RFS_ERR",
        6 => "ACT_ERR",
        7 => "CFT_ERR",
        _ => string.Create(CultureInfo.InvariantCulture, $"RCODE{code}"),
    };
}
