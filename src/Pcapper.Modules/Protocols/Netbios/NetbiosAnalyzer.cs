using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Ntlm;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary><c>--netbios</c>: names, hosts, domains and workgroups; scans for names; poisoned names (NBNS, LLMNR, mDNS).</summary>
public sealed class NetbiosAnalyzer : Analyzer<NetbiosState>, IRecordConsumer<NbnsMessage>, IRecordConsumer<NetbiosDatagram>, IRecordConsumer<NetbiosSession>, IRecordConsumer<DnsMessage>
{
    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "netbios", "--netbios", "NetBIOS", "NetBIOS names, hosts, domains, browser announcements; poisoned names (NBNS, LLMNR, mDNS)", 2,
        [NamePoisoningFindings.Poisoning, NamePoisoningFindings.Proxy, NamePoisoningFindings.Conflict, NetbiosScanFindings.Scan],
        typeof(NtlmState));

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<NbnsMessage>(this);
        bus.Subscribe<NetbiosDatagram>(this);
        bus.Subscribe<NetbiosSession>(this);
        bus.Subscribe<DnsMessage>(this);
    }

    /// <inheritdoc/>
    public void Consume(NbnsMessage record)
    {
        State.Totals[(int)NetbiosTotal.Messages]++;
        State.Poisoning.Add(record);
        if (record.Type == NbnsMessage.TypeNbstat)
        {
            AddNodeStatus(record);
            return;
        }

        NetbiosNameUse use = State.Names[record.Name.ToString()];
        use.Frames.Add(record.Frame);
        if (record.IsClaim)
        {
            State.Totals[(int)NetbiosTotal.Claims]++;
            AddOwners(record, use);
        }
        else if (record.IsAnswer)
        {
            State.Totals[(int)NetbiosTotal.Answers]++;
            AddOwners(record, use);
        }
        else if (record.IsResponse && record.Rcode != 0)
        {
            State.Totals[(int)NetbiosTotal.Refusals]++;
            use.Refusals.Add();
        }
        else if (record is { IsResponse: false, Opcode: NbnsOpcode.Query })
        {
            State.Totals[(int)NetbiosTotal.Queries]++;
            State.Hosts[record.Sender].Queries.Add();
            use.Queries.Add();
            use.Askers.Add(record.Sender);
        }
        else if (record is { IsResponse: false, Opcode: NbnsOpcode.Release })
        {
            State.Totals[(int)NetbiosTotal.Releases]++;
        }
    }

    /// <inheritdoc/>
    public void Consume(NetbiosDatagram record)
    {
        State.Totals[(int)NetbiosTotal.Datagrams]++;
        State.Totals[(int)NetbiosTotal.Browser] += record.Browser is null ? 0 : 1;
        if (record.SourceAddress != record.Sender)
        {
            return;
        }

        NetbiosHost host = State.Hosts[record.Sender];
        host.Frames.Add(record.Frame);
        AddName(host, record.Source, isGroup: !NetbiosSuffix.IsHost(record.Source.Suffix));
        if (NetbiosSuffix.IsHost(record.Source.Suffix))
        {
            State.Poisoning.AddOwn(record.Sender, record.Source.Text);
        }

        if (record.Browser is not { } browser)
        {
            return;
        }

        if (browser.IsAnnouncement)
        {
            host.Versions.Add(browser.Version);
            host.Comments.Add(browser.Comment);
            foreach (string role in browser.Roles)
            {
                host.Roles.Add(role);
            }
        }
        else if (browser.Command == BrowserCommand.DomainAnnouncement)
        {
            host.Groups.Add(browser.Name);
            host.Roles.Add("announces " + browser.Name);
        }
    }

    /// <inheritdoc/>
    public void Consume(NetbiosSession record)
    {
        State.Totals[(int)NetbiosTotal.Sessions] += record.Type == NetbiosSession.Request ? 1 : 0;
        if (record.Calling is { } calling)
        {
            NetbiosHost host = State.Hosts[record.Flow.Originator];
            host.Frames.Add(record.Frame);
            AddName(host, calling, isGroup: false);
        }
    }

    /// <inheritdoc/>
    public void Consume(DnsMessage record)
    {
        if (record.Kind != DnsKind.Dns)
        {
            State.Poisoning.Add(record);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(NetbiosState state, Conclusions conclusions)
    {
        NetbiosTables.Write(state, conclusions.Section);
        NamePoisoningFindings.Conclude(state.Poisoning, conclusions.Of<NtlmState>(), conclusions);
        NetbiosScanFindings.Conclude(state, conclusions);
    }

    private void AddNodeStatus(NbnsMessage record)
    {
        if (!record.IsResponse)
        {
            NetbiosScan scan = State.Scans[record.Sender];
            scan.Targets.Add(new AddressKey(record.Receiver));
            scan.Frames.Add(record.Frame);
            scan.Extent.Add(record.Time, record.Frame);
            return;
        }

        State.Totals[(int)NetbiosTotal.NodeStatus]++;
        State.Scans[record.Receiver].Answered.Add();
        NetbiosHost host = State.Hosts[record.Sender];
        host.Frames.Add(record.Frame);
        host.Macs.Add(record.Mac?.ToString());
        foreach (NbnsNodeName node in record.NodeNames)
        {
            AddName(host, node.Name, node.IsGroup);
        }
    }

    private void AddOwners(NbnsMessage record, NetbiosNameUse use)
    {
        foreach (NbnsAddress owner in record.Addresses)
        {
            if (!owner.Address.IsHost || !record.Believes(owner))
            {
                continue;
            }

            use.Owners.Add(owner.Address);
            use.GroupClaims.Add(owner.IsGroup ? 1 : 0);
            NetbiosHost host = State.Hosts[owner.Address];
            host.Frames.Add(record.Frame);
            AddName(host, record.Name, owner.IsGroup);
        }
    }

    private static void AddName(NetbiosHost host, NetbiosName name, bool isGroup)
    {
        bool isBrowserMark = name.Text.Contains("__MSBROWSE__", StringComparison.Ordinal);
        if (name.Text.Length == 0 || name.Text == "*")
        {
            return;
        }

        if (isGroup || name.Suffix is NetbiosSuffix.DomainMaster or NetbiosSuffix.MasterBrowser)
        {
            host.Groups.Add(!isBrowserMark && NetbiosSuffix.IsDomain(name.Suffix) ? name.Text : null);
            host.Roles.Add(isBrowserMark ? "master browser" : name.Suffix == NetbiosSuffix.Workstation ? null : NetbiosSuffix.Role(name.Suffix, isGroup));
        }
        else
        {
            host.Names.Add(name.Suffix == NetbiosSuffix.Messenger ? name.ToString() : name.Text);
            host.Roles.Add(name.Suffix is NetbiosSuffix.Workstation or NetbiosSuffix.Messenger ? null : NetbiosSuffix.Role(name.Suffix, isGroup));
        }
    }
}
