using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Addresses claimed by several hosts, and hosts that ask for many.</summary>
internal static class ArpFindings
{
    /// <summary>One host answers for addresses of others.</summary>
    public static readonly FindingType Spoofing = new("protocols.arp-spoofing", "ARP spoofing", Severity.High, "T1557.002")
    {
        Unless = "a failover pair or a proxy-ARP router: then one link address takes over once, and does not alternate with the other",
    };

    /// <summary>Two hosts claim one address.</summary>
    public static readonly FindingType Conflict = new("protocols.arp-conflict", "Address claimed by two hosts", Severity.Low, "T1557.002")
    {
        Unless = "the address moved to another host (DHCP, failover, a replaced network card)",
    };

    /// <summary>A host asks for many addresses.</summary>
    public static readonly FindingType Scan = new("protocols.arp-scan", "ARP scan", Severity.Medium, "T1018")
    {
        Unless = "a router, a monitoring system or an inventory scanner does its work",
    };

    private const int MinimumUnasked = 4;
    private const int ScanTargets = 20;
    private const long ScanPerTarget = 10 * Timestamp.PerSecond;

    // Virtual router link addresses belong to several hosts by design (RFC 9568; HSRP; GLBP; CARP uses VRRP's).
    private static readonly (ulong Prefix, int Shift)[] s_virtual = [(0x0000_5E00_01, 8), (0x0000_5E00_02, 8), (0x0000_0C07_AC, 8), (0x0000_0C9F_F, 12), (0x0007_B400, 16)];

    public static void Conclude(ProtocolsState state, Conclusions conclusions)
    {
        HashSet<MacAddress> between = [];
        IReadOnlyList<KeyValuePair<ArpClaim, ArpEvidence>> all = state.ArpClaims.Entries;
        Dictionary<(int Vlan, MacAddress Mac), int> addresses = all.GroupBy(c => (c.Key.Vlan, c.Key.Mac)).ToDictionary(g => g.Key, g => g.Count());
        foreach (IGrouping<(int Vlan, MacAddress Mac), KeyValuePair<ArpClaim, ArpEvidence>> host in all.GroupBy(c => (c.Key.Vlan, c.Key.Mac)))
        {
            ConcludeBetween(state, [.. host], between, conclusions);
        }

        foreach (IGrouping<(int Vlan, IpAddress Address), KeyValuePair<ArpClaim, ArpEvidence>> address in all
            .Where(c => !between.Contains(c.Key.Mac) && !IsVirtual(c.Key.Mac) && c.Key.Mac.Value != 0 && !c.Key.Mac.IsMulticast)
            .GroupBy(c => (c.Key.Vlan, c.Key.Address)))
        {
            List<KeyValuePair<ArpClaim, ArpEvidence>> claims = [.. address.OrderBy(c => c.Value.Extent.First).ThenBy(c => c.Key)];
            if (claims.Count >= 2)
            {
                ConcludeConflict(addresses, claims, conclusions);
            }
        }

        foreach ((MacKey mac, ArpTargets asked) in state.ArpRequests.Entries)
        {
            long targets = asked.Targets.Distinct;
            if (targets >= ScanTargets && asked.Extent.Duration <= targets * ScanPerTarget)
            {
                ConcludeScan(mac.Address, asked, targets, conclusions);
            }
        }
    }

    private static bool IsVirtual(MacAddress mac) => s_virtual.Any(v => mac.Value >> v.Shift == v.Prefix);

    // Who tells A that it is B, and B that it is A, without being asked, stands between them.
    private static void ConcludeBetween(ProtocolsState state, List<KeyValuePair<ArpClaim, ArpEvidence>> claims, HashSet<MacAddress> between, Conclusions conclusions)
    {
        const int MostPairs = 64;
        int pairs = 0;
        for (int i = 0; i < claims.Count && pairs < MostPairs; i++)
        {
            for (int j = i + 1; j < claims.Count && pairs < MostPairs; j++)
            {
                ((ArpClaim one, ArpEvidence oneEvidence), (ArpClaim other, ArpEvidence otherEvidence)) = (claims[i], claims[j]);
                bool tellsBoth = oneEvidence.ToldTo.Contains(other.Address) && otherEvidence.ToldTo.Contains(one.Address);
                long asked = (state.ArpAsked.Find(one.Address)?.Value ?? 0) + (state.ArpAsked.Find(other.Address)?.Value ?? 0);
                long told = oneEvidence.Replies.Total + otherEvidence.Replies.Total;
                if (!tellsBoth || told < MinimumUnasked || told <= 2 * asked)
                {
                    continue;
                }

                pairs++;
                between.Add(one.Mac);
                conclusions.Add(new Finding
                {
                    Type = Spoofing,
                    Subject = $"{one.Mac} between {one.Address} and {other.Address}",
                    Summary = $"{Units.Count(told, "reply", "replies")} tell {other.Address} that {one.Address} is {one.Mac}, and the other way round; the addresses were asked for {Units.Count(asked, "time")}",
                    Destination = other.Address,
                    Confidence = 95,
                    Count = told,
                    Measures = [new("replies", told, MinimumUnasked), new("requests", asked)],
                    DisplayFilter = Filter.FromMac(one.Mac).And("arp.opcode == 2"),
                }.WithEvidence(oneEvidence.Replies).During(oneEvidence.Extent));
            }
        }
    }

    private static void ConcludeConflict(Dictionary<(int Vlan, MacAddress Mac), int> addresses, List<KeyValuePair<ArpClaim, ArpEvidence>> claims, Conclusions conclusions)
    {
        // Claims that alternate in time, the later claimant answering, are a host in the middle; a single change is a move.
        (ArpClaim first, ArpEvidence firstEvidence) = claims[0];
        for (int i = 1; i < claims.Count; i++)
        {
            (ArpClaim second, ArpEvidence secondEvidence) = claims[i];
            bool alternates = secondEvidence.Extent.First.CompareTo(firstEvidence.Extent.Last) <= 0;
            bool answers = secondEvidence.Replies.Total + secondEvidence.Gratuitous.Value >= 2;
            int others = addresses[(second.Vlan, second.Mac)] - 1;
            bool isSpoofing = answers && (alternates || others >= 1);
            FrameSample frames = secondEvidence.Replies.Total > 0 ? secondEvidence.Replies : secondEvidence.Frames;
            conclusions.Add(new Finding
            {
                Type = isSpoofing ? Spoofing : Conflict,
                Subject = $"{first.Address} claimed by {second.Mac}",
                Summary = $"{first.Address} was {first.Mac}; {second.Mac} claims it too, {Units.Count(secondEvidence.Frames.Total, "time")}"
                    + (others > 0 ? $", and {Units.Count(others, "other address", "other addresses")} besides" : ""),
                Destination = second.Address,
                Confidence = isSpoofing && alternates && others > 0 ? 90 : 70,
                Count = secondEvidence.Frames.Total,
                Measures = [new("claims", secondEvidence.Frames.Total), new("other_addresses", others)],
                DisplayFilter = Filter.FromMac(second.Mac).And($"arp.src.proto_ipv4 == {first.Address}"),
            }.WithEvidence(frames).During(secondEvidence.Extent));
        }
    }

    private static void ConcludeScan(MacAddress mac, ArpTargets asked, long targets, Conclusions conclusions)
    {
        string who = asked.Senders.Keys.Count > 0 && asked.Senders.Keys[0].Address.IsHost ? $"{asked.Senders.Keys[0].Address} ({mac})" : mac.ToString();
        conclusions.Add(new Finding
        {
            Type = Scan,
            Subject = who,
            Summary = $"asked for {Units.Count(targets, "address", "addresses")} in {Units.Duration(asked.Extent.Duration)}",
            Source = asked.Senders.Keys.Count > 0 ? asked.Senders.Keys[0].Address : null,
            Confidence = 80,
            Count = asked.Frames.Total,
            Measures = [new("targets", targets, ScanTargets)],
            DisplayFilter = Filter.FromMac(mac).And("arp.opcode == 1"),
        }.WithEvidence(asked.Frames).During(asked.Extent));
    }
}
