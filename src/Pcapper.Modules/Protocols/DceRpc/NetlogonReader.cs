namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Reads the answers of Netlogon that tell of domains.</summary>
internal static class NetlogonReader
{
    /// <summary>The number of DsrEnumerateDomainTrusts.</summary>
    public const int EnumerateDomainTrusts = 40;

    private const int MostDomains = 256;
    private const int GuidLength = 16;
    private const int MostSubAuthorities = 15;   // MS-DTYP, 2.4.2

    /// <summary>
    /// Reads a list of domains (NETLOGON_TRUSTED_DOMAIN_ARRAY; MS-NRPC, 2.2.1.6.3): first what is fixed of each, then what their pointers
    /// point to, in the same order. Empty if it cannot be read; of an answer in several parts what the first has.
    /// </summary>
    public static IReadOnlyList<NetlogonDomain> Domains(ReadOnlySpan<byte> answer)
    {
        var reader = new NdrReader(answer);
        uint count = reader.U32();
        uint pointer = reader.U32();
        uint most = reader.U32();
        if (reader.Overrun || pointer == 0 || count > most || count > MostDomains)
        {
            return [];
        }

        var heads = new (bool HasNetbiosName, bool HasDnsName, uint Flags, uint Attributes, bool HasSid)[count];
        foreach (ref (bool HasNetbiosName, bool HasDnsName, uint Flags, uint Attributes, bool HasSid) head in heads.AsSpan())
        {
            head.HasNetbiosName = reader.U32() != 0;
            head.HasDnsName = reader.U32() != 0;
            head.Flags = reader.U32();
            reader.U32();   // which of the list is its parent
            reader.U32();   // kind of trust
            head.Attributes = reader.U32();
            head.HasSid = reader.U32() != 0;
            reader.Skip(GuidLength);
        }

        List<NetlogonDomain> domains = [];
        foreach ((bool hasNetbiosName, bool hasDnsName, uint flags, uint attributes, bool hasSid) in heads)
        {
            string netbiosName = hasNetbiosName ? reader.String() : string.Empty;
            string dnsName = hasDnsName ? reader.String() : string.Empty;
            uint subAuthorities = hasSid ? reader.U32() : 0;
            if (reader.Overrun || subAuthorities > MostSubAuthorities)
            {
                break;
            }

            // Revision, count and authority take eight bytes.
            reader.Skip(hasSid ? 8 + (4 * (int)subAuthorities) : 0);
            domains.Add(new NetlogonDomain(netbiosName, dnsName, flags, attributes));
        }

        return domains;
    }
}
