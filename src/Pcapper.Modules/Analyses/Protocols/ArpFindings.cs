using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ips;
using Pcapper.Packets;
using Claim = System.Collections.Generic.KeyValuePair<Pcapper.Modules.Analyses.Protocols.ArpClaim, Pcapper.Modules.Analyses.Protocols.ArpEvidence>;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Addresses claimed by several hosts, and hosts that stand between others.</summary>
internal static class ArpFindings
{
    /// <summary>One host answers for addresses of others.</summary>
    public static readonly FindingType Spoofing = new("protocols.arp-spoofing", "ARP spoofing", Severity.High, "T1557.002")
    {
        Unless = "a failover pair or a proxy-ARP router: then one link address takes over once, and does not alternate with the other",
    };

    /// <summary>Several hosts claim one address.</summary>
    public static readonly FindingType Conflict = new("protocols.arp-conflict", "Address claimed by several hosts", Severity.Low, "T1557.002")
    {
        Unless = "the address moved to another host (DHCP, failover, a replaced network card)",
    };

    private const int MinimumUnasked = 4;
    private const int MinimumClaims = 3;       // a frame or two may be forged, repeated or belong to a host that just left
    private const int MostFindings = 20;       // of each kind; the true number is stated
    private const int MostNamed = 4;
    private const int MostCompared = 16;

    // Virtual router link addresses belong to several hosts by design (RFC 9568; HSRP; GLBP; CARP uses VRRP's).
    private static readonly (ulong Prefix, int Shift)[] s_virtual = [(0x0000_5E00_01, 8), (0x0000_5E00_02, 8), (0x0000_0C07_AC, 8), (0x0000_0C9F_F, 12), (0x0007_B400, 16)];

    /// <summary>Concludes from the claims, and from whose frames carried which addresses.</summary>
    public static void Conclude(ProtocolsState state, IpsState hosts, Conclusions conclusions)
    {
        IReadOnlyList<Claim> claims = state.ArpClaims.Entries;
        HashSet<MacAddress> between = ConcludeBetween(state, claims, conclusions);
        List<List<Claim>> contested =
        [
            .. claims
                .Where(c => !between.Contains(c.Key.Mac) && !IsVirtual(c.Key.Mac) && c.Key.Mac.Value != 0 && !c.Key.Mac.IsMulticast)
                .GroupBy(c => (c.Key.Vlan, c.Key.Address))
                .Select(address => address.ToList())
                .Where(claimants => claimants.Count >= 2),
        ];
        Dictionary<(int Vlan, MacAddress Mac), int> fights = contested.SelectMany(c => c).GroupBy(c => (c.Key.Vlan, c.Key.Mac)).ToDictionary(g => g.Key, g => g.Count());
        foreach (List<Claim> claimants in contested
            .OrderByDescending(c => c.Sum(claim => claim.Value.Frames.Total)).ThenBy(c => c[0].Key).Take(MostFindings))
        {
            conclusions.Add(Contested(state, hosts, fights, claimants));
        }

        StateTotal(contested.Count, "contested address", "contested addresses", conclusions);
    }

    private static bool IsVirtual(MacAddress mac) => s_virtual.Any(v => mac.Value >> v.Shift == v.Prefix);

    private static void StateTotal(int count, string one, string many, Conclusions conclusions)
    {
        if (count > MostFindings)
        {
            conclusions.Section.Note($"ARP: {Units.Count(count, one, many)}; the findings name the {MostFindings} with most frames.");
        }
    }

    // Who tells A that it is B, and B that it is A, without being asked, stands between them.
    private static HashSet<MacAddress> ConcludeBetween(ProtocolsState state, IReadOnlyList<Claim> claims, Conclusions conclusions)
    {
        List<(Claim One, Claim Other, long Told, long Asked)> pairs = [];
        foreach (Claim one in claims)
        {
            // Only whom it told can be the other side: walking these, a few per claim, stays linear however many addresses are claimed.
            foreach (AddressKey told in one.Value.ToldTo.Keys.Where(t => t.Address.CompareTo(one.Key.Address) > 0))
            {
                ArpClaim other = one.Key with { Address = told.Address };
                if (state.ArpClaims.Find(other) is not { } evidence || !evidence.ToldTo.Contains(one.Key.Address))
                {
                    continue;
                }

                long asked = Asked(state, one.Key.Address) + Asked(state, other.Address);
                long replies = one.Value.Replies.Total + evidence.Replies.Total;
                if (replies >= MinimumUnasked && replies > 2 * asked)
                {
                    pairs.Add((one, new Claim(other, evidence), replies, asked));
                }
            }
        }

        foreach ((Claim one, Claim other, long told, long asked) in pairs.OrderByDescending(p => p.Told).ThenBy(p => p.One.Key).ThenBy(p => p.Other.Key).Take(MostFindings))
        {
            (MacAddress mac, IpAddress first, IpAddress second) = (one.Key.Mac, one.Key.Address, other.Key.Address);
            conclusions.Add(new Finding
            {
                Type = Spoofing,
                Subject = $"{mac} between {first} and {second}",
                Summary = $"{Units.Count(told, "reply", "replies")} tell {second} that {first} is {mac}, and the other way round; the addresses were asked for {Units.Count(asked, "time")}",
                Destination = second,
                Confidence = 95,
                Count = told,
                Measures = [new("replies", told, MinimumUnasked), new("requests", asked)],
                DisplayFilter = Filter.FromMac(mac).And("arp.opcode == 2"),
            }.WithEvidence(one.Value.Replies).During(one.Value.Extent));
        }

        StateTotal(pairs.Count, "pair of hosts with another between them", "pairs of hosts with another between them", conclusions);
        return [.. pairs.Select(p => p.One.Key.Mac)];
    }

    private static long Asked(ProtocolsState state, IpAddress address) => state.ArpAsked.Find(address)?.Value ?? 0;

    // Two hosts that claim one address: which of them is false, only other evidence can tell.
    private static Finding Contested(ProtocolsState state, IpsState hosts, Dictionary<(int Vlan, MacAddress Mac), int> fights, List<Claim> claimants)
    {
        IpAddress address = claimants[0].Key.Address;
        List<Claim> often = [.. claimants.OrderByDescending(c => c.Value.Frames.Total).ThenBy(c => c.Key)];
        List<Claim> steady = [.. often.TakeWhile(c => c.Value.Frames.Total >= MinimumClaims).Take(MostCompared)];
        (Claim False, string Why)? told = FalseClaim(state, hosts, fights, often);
        bool alternates = steady.Count >= 2 && steady.Any(a => steady.Any(b => a.Key != b.Key && Overlaps(a.Value.Extent, b.Value.Extent)));
        string named = string.Join(", ", often.Take(MostNamed).Select(c => $"{c.Key.Mac} ({Units.Count(c.Value.Frames.Total, "frame")})"));
        string more = claimants.Count > MostNamed ? $" and {Units.Count(claimants.Count - MostNamed, "other")}" : "";
        FrameSample frames = new();
        Extent extent = new();
        foreach (Claim claim in claimants)
        {
            frames.Merge(claim.Value.Frames);
            extent.Merge(claim.Value.Extent);
        }

        return new Finding
        {
            Type = told is null ? Conflict : Spoofing,
            Raised = told is null && alternates ? Severity.Medium : null,
            Subject = told is { } known ? $"{address} claimed by {known.False.Key.Mac}" : $"{address} claimed by {Units.Count(claimants.Count, "host")}",
            Summary = $"claimed by {named}{more}{(alternates ? ", in turns" : "")}"
                + (told is { } verdict ? $"; {verdict.Why}" : "; which of them has it, these frames do not tell"),
            Destination = address,
            Confidence = told is null ? 70 : 80,
            Count = frames.Total,
            Measures = [new("claims", frames.Total), new("claimants", claimants.Count)],
            DisplayFilter = Filter.Where($"arp.src.proto_ipv4 == {address}"),
        }.WithEvidence(frames).During(extent);
    }

    private static bool Overlaps(Extent one, Extent other)
        => one.First.CompareTo(other.Last) <= 0 && other.First.CompareTo(one.Last) <= 0;

    // Replies that nobody asked for, against a host that is there: its own IP frames come from it, or it has this one address
    // while the other claims those of several hosts.
    private static (Claim False, string Why)? FalseClaim(ProtocolsState state, IpsState hosts, Dictionary<(int Vlan, MacAddress Mac), int> fights, List<Claim> claimants)
    {
        IpAddress address = claimants[0].Key.Address;
        long asked = Asked(state, address);
        List<Claim> unasked = [.. claimants.Where(c => c.Value.Replies.Total > MinimumUnasked && c.Value.Replies.Total > 2 * asked)];
        if (unasked.Count != 1 || !claimants.Exists(c => c.Key != unasked[0].Key && Overlaps(c.Value.Extent, unasked[0].Value.Extent)))
        {
            return null;
        }

        Claim claim = unasked[0];
        string replies = $"{Units.Count(claim.Value.Replies.Total, "reply", "replies")} of {claim.Key.Mac} to {Units.Count(asked, "request")}";
        Claim? rival = claimants.Cast<Claim?>().FirstOrDefault(c => c!.Value.Key != claim.Key && hosts.Carried.Contains(new(c.Value.Key.Mac, address)));
        if (rival is { } real && hosts.Carried.IsComplete && !hosts.Carried.Contains(new(claim.Key.Mac, address)))
        {
            return (claim, $"{replies}, while the address's IP frames come from {real.Key.Mac}");
        }

        int others = fights[(claim.Key.Vlan, claim.Key.Mac)] - 1;
        return others >= 1 && claimants.TrueForAll(c => c.Key == claim.Key || fights[(c.Key.Vlan, c.Key.Mac)] == 1)
            ? (claim, $"{replies}; it claims {Units.Count(others, "address", "addresses")} of other hosts besides")
            : null;
    }
}
