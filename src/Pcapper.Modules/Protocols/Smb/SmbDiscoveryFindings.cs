using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Judges who lists accounts, shares and sessions, and on how many hosts.</summary>
internal static class SmbDiscoveryFindings
{
    // BloodHound and its kin ask every host; people and software ask the few that they work with.
    private const int ManyServers = 10;
    private const long Soon = 5 * 60 * Timestamp.PerSecond;

    private static readonly (FindingType Type, (string Interface, int[] Operations)[] Calls)[] s_rules =
    [
        (SmbFindings.AccountListing, [(DceRpcInterfaces.AccountManager, [11, 13, 15, 25, 33, 40, 48, 51]), (DceRpcInterfaces.LocalSecurity, [11, 35])]),
        (SmbFindings.ShareListing, [(DceRpcInterfaces.Server, [15, 36])]),
        (SmbFindings.SessionListing, [(DceRpcInterfaces.Server, [12, 9]), (DceRpcInterfaces.Workstation, [2])]),
    ];

    public static void Raise(SmbState state, Conclusions conclusions)
    {
        PairKey[] pairs = [.. state.Calls.Entries.Select(entry => entry.Key.First).Distinct()];
        foreach ((FindingType type, (string Interface, int[] Operations)[] wanted) in s_rules)
        {
            IEnumerable<SmbCalls> found = pairs
                .SelectMany(pair => wanted.Select(rule => SmbCalls.Find(state, pair, rule.Interface, rule.Operations))).OfType<SmbCalls>();
            foreach (IGrouping<IpAddress, SmbCalls> client in found.GroupBy(calls => calls.Pair.From))
            {
                Raise(type, wanted, client.Key, [.. client], conclusions);
            }
        }
    }

    private static void Raise(FindingType type, (string Interface, int[] Operations)[] wanted, IpAddress client, List<SmbCalls> calls, Conclusions conclusions)
    {
        var frames = new FrameSample();
        var when = new Extent();
        foreach (SmbCalls one in calls)
        {
            frames.Merge(one.Frames);
            when.Merge(one.When);
        }

        IpAddress[] servers = [.. calls.Select(one => one.Pair.To).Distinct().Order()];
        int[] numbers = [.. calls.SelectMany(one => one.Operations).Distinct().Order()];
        string names = string.Join(", ", wanted.SelectMany(rule => rule.Operations.Where(numbers.Contains).Select(operation => DceRpcNames.Operation(rule.Interface, operation))).Distinct(StringComparer.Ordinal).Take(4));
        bool isWide = servers.Length >= ManyServers && when.Duration <= Soon * servers.Length;
        conclusions.Add(new Finding
        {
            Type = type,
            Subject = servers.Length == 1 ? $"{client} > {servers[0]}" : client.ToString(),
            Summary = $"{Units.Count(frames.Total, "call")} ({names}) to {Units.Count(servers.Length, "server")}{(when.Duration > 0 ? $" in {Units.Duration(when.Duration)}" : "")}",
            Source = client,
            Destination = servers.Length == 1 ? servers[0] : null,
            Count = frames.Total,
            Raised = isWide ? Severity.Medium : null,
            Measures = [new Measure("servers", servers.Length, ManyServers), new Measure("calls", frames.Total)],
            DisplayFilter = Filter.Any((servers.Length == 1 ? Filter.From(client).To(servers[0]) : Filter.From(client)).And(SmbCallFindings.Operations(numbers)), Filter.Frames(frames)),
        }.WithEvidence(frames).During(when));
    }
}
