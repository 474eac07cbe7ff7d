using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>What is wrong about the use of NFS.</summary>
internal static class NfsFindings
{
    /// <summary>A portmap message has an address that no network has.</summary>
    public static readonly FindingType Oversized = new("nfs.oversized-address", "Oversized address in a portmap message", Severity.High, "T1210")
    {
        Unless = "a program tests the server on purpose (fuzzing); no address of any network is that long",
    };

    /// <summary>A client changed files as root without proof.</summary>
    public static readonly FindingType RootChanges = new("nfs.root-changes", "Files changed as root over NFS", Severity.Low, "T1021")
    {
        Unless = "the export is meant for it (no_root_squash for backups, diskless hosts, virtual machines) and the client is one of those",
    };

    /// <summary>A client was denied many files.</summary>
    public static readonly FindingType Denied = new("nfs.access-denied", "NFS access denied many times", Severity.Low, "T1083")
    {
        Unless = "a search or backup runs as a user who may not read everything",
    };

    /// <summary>A client had the exports of several servers listed.</summary>
    public static readonly FindingType Survey = new("nfs.exports-listed", "Exports of several servers listed", Severity.Low, "T1135")
    {
        Unless = "an automounter or monitoring of the site does it",
    };

    // One search meets a few files that it may not read; somebody who tries meets many, and many different ones.
    private const int ManyDenied = 20;
    private const int ManyPaths = 10;

    // A client knows the servers it mounts from; it lists one to choose from.
    private const int SurveyedServers = 3;
    private const int MostNamed = 5;

    public static void Conclude(NfsState state, Conclusions conclusions)
    {
        foreach ((PairKey pair, OversizedAddress oversized) in state.Oversized.Entries)
        {
            string programs = oversized.Programs.Values.Count > 0 ? $" in answer to or beside program {string.Join(", ", oversized.Programs.Values)}" : "";
            conclusions.Add(new Finding
            {
                Type = Oversized,
                Subject = pair.ToString(),
                Summary = $"sent {Units.Count(oversized.Frames.Total, "portmap message")} with an address, network id or owner of up to {Units.Count(oversized.Length.Value)} bytes{programs}: "
                    + "overflows a buffer of Windows' NFS server (CVE-2022-26937) when it asks a client for its lock manager",
                Source = pair.From,
                Destination = pair.To,
                Confidence = 90,
                Count = oversized.Frames.Total,
                Measures = [new("length", oversized.Length.Value, NfsAnalyzer.LongestAddress, "bytes")],
                DisplayFilter = Filter.Any(Filter.From(pair.From).To(pair.To).And("portmap"), Filter.Frames(oversized.Frames)),
            }.WithEvidence(oversized.Frames).During(oversized.Extent));
        }

        foreach ((PairKey pair, NfsClient client) in state.Clients.Entries)
        {
            ConcludeClient(pair, client, conclusions);
        }

        foreach ((AddressKey client, NfsSurvey survey) in state.Surveys.Entries.Where(s => s.Value.Servers.Count >= SurveyedServers))
        {
            conclusions.Add(new Finding
            {
                Type = Survey,
                Subject = client.ToString(),
                Summary = $"had the exports of {Units.Count(survey.Servers.Distinct)} servers listed: {string.Join(", ", survey.Servers.Keys.Take(MostNamed))}{(survey.Servers.Count > MostNamed ? ", …" : "")}",
                Source = client.Address,
                Confidence = 80,
                Count = survey.Frames.Total,
                Measures = [new("servers", survey.Servers.Distinct, SurveyedServers)],
                DisplayFilter = Filter.From(client.Address).And("mount.procedure_v3 == 5 || mount.procedure_v1 == 5 || mount.procedure_v2 == 5"),
            }.WithEvidence(survey.Frames).During(survey.Extent));
        }
    }

    private static void ConcludeClient(PairKey pair, NfsClient client, Conclusions conclusions)
    {
        if (client.RootChanges.Total > 0)
        {
            conclusions.Add(new Finding
            {
                Type = RootChanges,
                Subject = pair.ToString(),
                Summary = $"{Units.Count(client.RootChanges.Total, "change")} made as uid 0, which the client only says it is (AUTH_SYS): the server trusts this client's root",
                Source = pair.From,
                Destination = pair.To,
                Confidence = 90,
                Count = client.RootChanges.Total,
                Measures = [new("changes", client.RootChanges.Total, 1)],
                DisplayFilter = Filter.From(pair.From).To(pair.To).And("nfs && rpc.auth.uid == 0"),
            }.WithEvidence(client.RootChanges).During(client.Extent));
        }

        long paths = client.DeniedPaths.Estimate;
        if (client.Denied.Total >= ManyDenied && paths >= ManyPaths)
        {
            conclusions.Add(new Finding
            {
                Type = Denied,
                Subject = pair.ToString(),
                Summary = $"denied {Units.Count(client.Denied.Total, "time")} on {Units.Count(paths, "path")} of {Units.Count(client.Calls.Value, "call")}, as {string.Join("; ", client.Credentials.Values.Take(2))}",
                Source = pair.From,
                Destination = pair.To,
                Confidence = 70,
                Count = client.Denied.Total,
                Measures = [new("denied", client.Denied.Total, ManyDenied), new("paths", paths, ManyPaths)],
                DisplayFilter = Filter.From(pair.To).To(pair.From).And("nfs.status == 1 || nfs.status == 13 || mount.status == 13 || mount.status == 1"),
            }.WithEvidence(client.Denied).During(client.Extent));
        }
    }
}
