using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Modules.Protocols.Smb;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>What directories, file servers and NTLM tell.</summary>
internal sealed class DomainDirectoryRecords(DomainState state)
{
    private const string SystemVolume = "SYSVOL";
    private const uint NoSuchUser = 0xC0000064;

    // Operations by which a computer proves itself, and has its users' logins judged (MS-NRPC, 3.5.4.4 and 3.5.4.5).
    private const int FirstSamLogon = 2;
    private const int SamLogonEx = 39;
    private const int SamLogonWithFlags = 45;

    /// <summary>Adds a call.</summary>
    public void Add(DceRpcCall record)
    {
        if (record.ResponseTime is null || record.Fault is not null)
        {
            return;
        }

        DomainEvidence? evidence = record.Interface switch
        {
            DceRpcInterfaces.DirectoryReplication => DomainEvidence.Replication,
            DceRpcInterfaces.Netlogon when record.Operation is FirstSamLogon or 4 or 15 or 26 or SamLogonEx or SamLogonWithFlags => DomainEvidence.SecureChannel,
            _ => null,
        };
        if (evidence is { } what)
        {
            state.AddController(record.Flow.Receiver(record.Direction), what, null, record, record.Flow.Sender(record.Direction));
        }
    }

    /// <summary>Adds what a directory server tells of itself.</summary>
    public void Add(LdapServerFacts record)
    {
        bool isAnswer = record is { IsPing: true, Domain: not null };
        if (!isAnswer && !record.IsActiveDirectory)
        {
            return;
        }

        DomainEvidence evidence = isAnswer ? DomainEvidence.Ping : DomainEvidence.RootEntry;
        if (state.AddController(record.Server, evidence, record.Domain, record, record.Client) is not { } facts)
        {
            return;
        }

        facts.Names.Add(record.HostName is null ? null : DomainSayings.Key(record.HostName));
        facts.Names.Add(record.NetbiosName?.ToUpperInvariant());
        facts.Sites.Add(record.Site);
        facts.Software.Add(record.Software);
        facts.Roles.AddMask(record.Roles ?? 0);
        state.AddDomain(record.Domain, evidence, record, record.Server);
        state.AddAlias(record.Domain, record.NetbiosDomain, record, record.Server);
        state.AddForest(record.Domain, record.Forest, record, record.Server);
        if (DomainSayings.Key(record.Forest) != DomainSayings.Key(record.Domain))
        {
            state.AddDomain(record.Forest, evidence, record, record.Server);
            state.AddForest(record.Forest, record.Forest, record, record.Server);
        }

        state.AddComputer(record.NetbiosName, record.HostName, record.Domain, record.Server, DomainWords.Of(evidence), record);
        if (record.ClientSite is { Length: > 0 } site && record.Client.IsHost)
        {
            state.ClientSites[new(record.Client, site)].Add(record, record.Server);
        }
    }

    /// <summary>Adds an entry of a trusted domain.</summary>
    public void Add(LdapTrust record)
    {
        state.AddAlias(record.Partner, record.FlatName, record, record.Server);
        string domain = DomainSayings.Key(record.Domain);
        string partner = DomainSayings.Key(record.Partner);
        ulong attributes = (ulong)(record.Attributes ?? 0);
        if ((record.TrustDirection & LdapTrust.Outbound) != 0)
        {
            state.Trusts[new(domain, partner, (long)DomainEvidence.TrustEntry)].Add(record, record.Server, attributes);
        }

        if ((record.TrustDirection & LdapTrust.Inbound) != 0)
        {
            state.Trusts[new(partner, domain, (long)DomainEvidence.TrustEntry)].Add(record, record.Server, attributes);
        }

        state.AddDomain(record.Partner, DomainEvidence.TrustEntry, record, record.Server);
    }

    /// <summary>Adds a list of domains: one of them is the server's own.</summary>
    public void Add(NetlogonDomains record)
    {
        string own = string.Empty;
        foreach (NetlogonDomain domain in record.Domains)
        {
            string name = Name(domain);
            state.AddAlias(domain.DnsName, domain.NetbiosName, record, record.Server);
            state.AddDomain(name, DomainEvidence.TrustList, record, record.Server);
            own = domain.IsPrimary ? DomainSayings.Key(name) : own;
        }

        foreach (NetlogonDomain domain in record.Domains.Where(d => own.Length > 0 && !d.IsPrimary && Name(d).Length > 0))
        {
            string other = DomainSayings.Key(Name(domain));
            if (domain.IsTrusted)
            {
                state.Trusts[new(own, other, (long)DomainEvidence.TrustList)].Add(record, record.Server, domain.Attributes);
            }

            if (domain.IsTrusting)
            {
                state.Trusts[new(other, own, (long)DomainEvidence.TrustList)].Add(record, record.Server, domain.Attributes);
            }
        }
    }

    /// <summary>Adds a bind with a password; others show in the mechanism's own records.</summary>
    public void Add(LdapOperation record)
    {
        if (record is { Kind: LdapOperationKind.Bind, Mechanism: "simple", IsAsked: true, Object.Length: > 0 })
        {
            bool? success = record.Result?.Code switch
            {
                LdapNames.Success => true,
                LdapNames.InvalidCredentials => false,
                _ => null,
            };
            state.AddLogin(AccountName.Of(record.Object), new PairKey(record.Client, record.Server), "ldap simple", success, record);
        }
    }

    /// <summary>Adds an NTLM login, and what the server's challenge tells.</summary>
    public void Add(NtlmAuthentication record)
    {
        if (record.Server is { } server)
        {
            AddServer(record, server);
        }

        if (record.User.Length == 0)
        {
            return;
        }

        AccountName account = AccountName.Of(record.User, record.Domain);
        LoginFacts facts = state.AddLogin(account, new PairKey(record.ClientAddress, record.ServerAddress), $"ntlm/{record.Carrier}", record.Success, record);
        facts.Workstations.Add(record.Workstation.ToUpperInvariant());
        facts.Missing.Add(record.Status == NoSuchUser ? 1 : 0);
        if (account.IsComputer && record.Success == true)
        {
            state.AddComputer(account.User, null, account.Domain, record.ClientAddress, DomainWords.Of(DomainEvidence.Ntlm), record);
        }
    }

    /// <summary>Adds a login of SMB 1 without NTLM messages.</summary>
    public void Add(SmbLogin record)
    {
        if (record is { Mechanism: "plain", IsAnonymous: false, Account.Length: > 0 })
        {
            bool? success = record.Status == 0 ? (record.IsGuest ? null : true) : false;
            LoginFacts facts = state.AddLogin(AccountName.Of(record.Account), new PairKey(record.Client, record.Server), "smb plain", success, record);
            facts.Missing.Add(record.Status == NoSuchUser ? 1 : 0);
        }
    }

    /// <summary>Adds the use of the share that every controller has, and only they.</summary>
    public void Add(SmbTreeConnect record)
    {
        if (record.Status == 0 && record.Path[(record.Path.LastIndexOf('\\') + 1)..].Equals(SystemVolume, StringComparison.OrdinalIgnoreCase))
        {
            state.AddController(record.Server, DomainEvidence.SystemVolume, null, record, record.Client);
        }
    }

    private static string Name(NetlogonDomain domain) => DomainSayings.IsDnsName(domain.DnsName) ? domain.DnsName : domain.NetbiosName;

    // A server outside of any domain gives its own name as that of the domain.
    private void AddServer(NtlmAuthentication record, NtlmTargetInfo server)
    {
        if (string.IsNullOrEmpty(server.NetbiosDomain) || string.Equals(server.NetbiosDomain, server.NetbiosComputer, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        string domain = DomainSayings.IsDnsName(server.DnsDomain) ? server.DnsDomain! : server.NetbiosDomain;
        state.AddDomain(domain, DomainEvidence.Ntlm, record, record.ServerAddress);
        state.AddAlias(server.DnsDomain, server.NetbiosDomain, record, record.ServerAddress);
        state.AddForest(domain, server.DnsTree, record, record.ServerAddress);
        state.AddComputer(server.NetbiosComputer, server.DnsComputer, domain, record.ServerAddress, DomainWords.Of(DomainEvidence.Ntlm), record);
    }
}
