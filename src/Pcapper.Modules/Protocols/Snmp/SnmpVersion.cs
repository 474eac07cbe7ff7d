namespace Pcapper.Modules.Protocols.Snmp;

/// <summary>Versions of SNMP, by the number in the message.</summary>
public enum SnmpVersion : byte
{
    /// <summary>SNMPv1 (RFC 1157).</summary>
    V1 = 0,

    /// <summary>SNMPv2c (RFC 1901).</summary>
    V2c = 1,

    /// <summary>SNMPv3 (RFC 3412).</summary>
    V3 = 3,
}
