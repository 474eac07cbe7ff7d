using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Netbios;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>What name services tell.</summary>
internal sealed class DomainNameRecords(DomainState state)
{
    private const ushort Srv = 33;
    private const uint ControllerFlags = 0x18;   // SV_TYPE_DOMAIN_CTRL, SV_TYPE_DOMAIN_BAKCTRL (MS-BRWS, 2.2.6)

    /// <summary>Adds what DNS answered.</summary>
    public void Add(DnsTransaction record)
    {
        if (record is not { Kind: DnsKind.Dns, Response: { } response })
        {
            return;
        }

        LocatorName? locator = null;
        foreach (DnsResourceRecord answer in response.Answers)
        {
            locator = AddLocator(record.Server, response, answer) ?? locator;
            AddAddress(record.Server, response, answer, isBeside: false);
        }

        if (locator is { IsController: true } proof)
        {
            state.AddDomain(proof.Domain, DomainEvidence.Locator, response, record.Server);
        }

        foreach (DnsResourceRecord beside in locator is null ? [] : response.Additionals)
        {
            AddAddress(record.Server, response, beside, isBeside: true);
        }
    }

    /// <summary>Adds a host's name from what hosts say of themselves.</summary>
    public void Add(NameSeen record)
    {
        if (record.Source is NameSource.Dhcp or NameSource.Ldap or NameSource.Netbios or NameSource.Ntlm && record.Address.IsHost && IsHostName(record.Name))
        {
            bool isDns = DomainSayings.IsDnsName(record.Name);
            state.Names[new(record.Address, (long)record.Source, isDns ? DomainSayings.Key(record.Name) : record.Name.ToUpperInvariant())].Add(record, record.Flow.Originator);
        }
    }

    /// <summary>Adds owners of names.</summary>
    public void Add(NbnsMessage record)
    {
        if (record.IsAnswer || record.IsClaim)
        {
            foreach (NbnsAddress owner in record.Addresses)
            {
                AddOwner(record, record.Name, owner.Address, owner.IsGroup, record.IsAnswer);
            }
        }

        foreach (NbnsNodeName node in record.NodeNames)
        {
            AddOwner(record, node.Name, record.Sender, node.IsGroup, isAnswer: true);
        }
    }

    /// <summary>Adds what a host announces.</summary>
    public void Add(NetbiosDatagram record)
    {
        if (record.SourceAddress != record.Sender || record.Browser is not { IsAnnouncement: true } browser)
        {
            return;
        }

        // A host announces itself to the master browser, or to the elections, of its own domain or workgroup.
        if (record.Destination.Suffix is not (NetbiosSuffix.MasterBrowser or NetbiosSuffix.Elections or NetbiosSuffix.Workstation) || !IsName(record.Destination.Text) || !record.Sender.IsHost)
        {
            return;
        }

        state.Groups[new(record.Sender, DomainSayings.Key(record.Destination.Text))].Add(record, record.Sender);
        if ((browser.ServerType & ControllerFlags) != 0)
        {
            state.AddController(record.Sender, DomainEvidence.Announcement, record.Destination.Text, record, record.Sender)?.Names.Add(browser.Name.ToUpperInvariant());
        }
    }

    private static bool IsName(string text) => text.Length > 0 && text[0] != '*' && !text.Contains("__MSBROWSE__", StringComparison.Ordinal);

    // Samba's __SAMBA__ and IIS's IS~NAME stand for services.
    private static bool IsHostName(string name) => name.Length > 0 && !name.StartsWith("__", StringComparison.Ordinal) && !name.Contains('~', StringComparison.Ordinal);

    private LocatorName? AddLocator(IpAddress server, DnsMessage response, DnsResourceRecord answer)
    {
        if (answer.Type != Srv || answer.Data is not { Length: > 0 } host || LocatorName.Of(answer.Name) is not { } name)
        {
            return null;
        }

        ControllerFacts facts = state.Locators[new(DomainSayings.Key(host), name.Domain, name.IsController ? 1 : 0)].Add(response, server);
        facts.Names.Add(DomainSayings.Key(host));
        facts.Sites.Add(name.Site);
        if (name.Role is { } role)
        {
            facts.Roles.Add(role);
        }

        return name;
    }

    // Names outside are of no use here, and there are very many.
    private void AddAddress(IpAddress server, DnsMessage response, DnsResourceRecord answer, bool isBeside)
    {
        if (answer.Address is { IsHost: true } address && (isBeside || address.IsInternal) && DomainSayings.IsDnsName(answer.Name))
        {
            state.Addresses[new(DomainSayings.Key(answer.Name), address)].Add(response, server);
        }
    }

    private void AddOwner(NbnsMessage record, NetbiosName name, IpAddress owner, bool isGroup, bool isAnswer)
    {
        if (!owner.IsHost || !IsName(name.Text))
        {
            return;
        }

        DomainEvidence? evidence = (name.Suffix, isGroup) switch
        {
            (NetbiosSuffix.Controllers, true) => DomainEvidence.NetbiosControllers,
            (NetbiosSuffix.DomainMaster, false) => DomainEvidence.NetbiosMaster,
            _ => null,
        };
        if (evidence is { } what)
        {
            state.AddController(owner, isAnswer ? what : DomainEvidence.Announcement, name.Text, record, record.Sender);
            if (isAnswer)
            {
                state.AddDomain(name.Text, what, record, record.Sender);
            }
        }
        else if (isGroup && name.Suffix == NetbiosSuffix.Workstation)
        {
            state.Groups[new(owner, DomainSayings.Key(name.Text))].Add(record, record.Sender);
        }
    }
}
