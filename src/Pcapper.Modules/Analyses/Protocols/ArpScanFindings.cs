using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ips;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Hosts that ask for many addresses.</summary>
internal static class ArpScanFindings
{
    /// <summary>A host asks for many addresses.</summary>
    public static readonly FindingType Scan = new("protocols.arp-scan", "ARP scan", Severity.Medium, "T1018")
    {
        Unless = "a router, a monitoring system or an inventory scanner does its work",
    };

    private const int MinimumTargets = 20;
    private const long MostPerTarget = Timestamp.PerSecond;   // scanners ask for tens to thousands a second; a busy host for one now and then
    private const int MostAgain = 4;                          // a scanner asks once or a few times, whoever works with its neighbours again and again
    private const int MostFindings = 20;

    /// <summary>Concludes from the requests; a router asks for whoever is sent something, so its asking tells nothing of itself.</summary>
    public static void Conclude(ProtocolsState state, IpsState hosts, Conclusions conclusions)
    {
        List<(MacAddress Mac, ArpTargets Asked, long Targets)> scans =
        [
            .. state.ArpRequests.Entries
                .Select(r => (Mac: r.Key.Address, Asked: r.Value, Targets: r.Value.Targets.Distinct))
                .Where(r => r.Targets >= MinimumTargets && r.Asked.Extent.Duration <= r.Targets * MostPerTarget && r.Asked.Frames.Total <= r.Targets * MostAgain)
                .OrderByDescending(r => r.Targets).ThenBy(r => r.Mac),
        ];
        if (scans.Count == 0)
        {
            return;
        }

        var links = new LinkAddresses(hosts);
        HashSet<IpAddress> claimed = [.. state.ArpClaims.Entries.Select(c => c.Key.Address)];
        foreach ((MacAddress mac, ArpTargets asked, long targets) in scans.Take(MostFindings))
        {
            conclusions.Add(Found(mac, asked, targets, asked.Targets.Keys.Count(t => claimed.Contains(t.Address)), links.Routers.Contains(mac)));
        }

        if (scans.Count > MostFindings)
        {
            conclusions.Section.Note($"ARP: {Units.Count(scans.Count, "host")} asked for many addresses; the findings name the {MostFindings} that asked for most.");
        }
    }

    private static Finding Found(MacAddress mac, ArpTargets asked, long targets, int known, bool isRouter)
    {
        string who = asked.Senders.Keys.Count > 0 && asked.Senders.Keys[0].Address.IsHost ? $"{asked.Senders.Keys[0].Address} ({mac})" : mac.ToString();
        return new Finding
        {
            Type = Scan,
            Raised = isRouter ? Severity.Info : 2 * known > asked.Targets.Count ? Severity.Low : null,
            Subject = who,
            Summary = $"asked for {Units.Count(targets, "address", "addresses")} in {Units.Duration(asked.Extent.Duration)}, {Units.Count(known)} of which were seen to be in use"
                + (isRouter ? "; it is a router, so others may be behind it" : ""),
            Source = asked.Senders.Keys.Count > 0 ? asked.Senders.Keys[0].Address : null,
            Confidence = isRouter ? 50 : 80,
            Count = asked.Frames.Total,
            Measures = [new("targets", targets, MinimumTargets), new("in_use", known)],
            DisplayFilter = Filter.FromMac(mac).And("arp.opcode == 1"),
        }.WithEvidence(asked.Frames).During(asked.Extent);
    }
}
