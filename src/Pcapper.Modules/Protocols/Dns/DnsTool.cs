namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Tunnel programs that are known by a mark in their names.</summary>
public enum DnsTool
{
    /// <summary>iodine: the version message, <c>v</c> and protocol version 0000 05xx in Base32 (iodine, doc/proto_00000502.txt).</summary>
    Iodine,

    /// <summary>dnscat2 without a domain: the tag <c>dnscat.</c> before hexadecimal digits (dnscat2, doc/protocol.md).</summary>
    Dnscat2,
}
