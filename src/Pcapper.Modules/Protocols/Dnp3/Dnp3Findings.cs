using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>What is wrong about the use of DNP3, beside what all industrial protocols have.</summary>
internal static class Dnp3Findings
{
    private static readonly Threshold s_errors = new("messages", 3, "error messages, at least");
    private static readonly Threshold s_unselected = new("requests", 3, "operate requests, at least");

    /// <summary>An outstation restarted, and nobody was seen to command it.</summary>
    public static readonly FindingType Restarted = new("dnp3.outstation-restarted", "DNP3 outstation restarted by itself", Severity.Low, "T0816")
    {
        Unless = "it lost power, or somebody restarted it on the spot",
    };

    /// <summary>An outstation says that its configuration is corrupt.</summary>
    public static readonly FindingType Corrupt = new("dnp3.configuration-corrupt", "DNP3 outstation says its configuration is corrupt", Severity.Low, "T0836")
    {
        Unless = "its memory is defective",
    };

    /// <summary>Secure authentication fails.</summary>
    public static readonly FindingType AuthenticationFails = new("dnp3.authentication-failed", "DNP3 secure authentication failed", Severity.Medium, "T0859", "T0855")
    {
        Unless = "keys were changed on one side only",
        Thresholds = [s_errors],
    };

    /// <summary>Outputs are operated without being selected first.</summary>
    public static readonly FindingType Unselected = new("dnp3.operate-without-select", "DNP3 outputs operated without being selected", Severity.Medium, "T0855", "T0831")
    {
        Unless = "the capture lacks the selects, or a master is programmed wrongly: outstations refuse such requests",
        Thresholds = [s_unselected],
        IsAgainst = true,
    };

    private static readonly IcsFindingTypes s_types = new("dnp3", "DNP3", IcsAction.ListenOnly, IcsAction.ReadProgram, IcsAction.WriteProgram);

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [.. s_types.All, AuthenticationFails, Corrupt, Restarted, Unselected];

    /// <summary>Concludes.</summary>
    public static void Conclude(Dnp3State state, Conclusions conclusions)
    {
        HashSet<IpAddress> restarted =
            [.. state.Calls.Entries.Where(c => Dnp3Calls.Action(c.Key.Call) == IcsAction.Restart && c.Value.Requests.Total > 0).Select(c => c.Key.Pair.To)];
        new IcsFindings(state, Dnp3Dialect.Instance, s_types, conclusions).Conclude();
        foreach ((Dnp3LinkKey key, Dnp3Link link) in state.Links.Entries)
        {
            if (!restarted.Contains(key.Pair.To))
            {
                Add(conclusions, state, key, link, Restarted, link.Restarts, $"says that it restarted, having said before that it had not ({Units.Count(link.Restarts.Total, "time")}); no restart command to it was captured", 1);
            }

            Add(conclusions, state, key, link, Corrupt, link.Corrupt, $"{Units.Count(link.Corrupt.Total, "answer")} with the indication", 1);
            Add(conclusions, state, key, link, Unselected, link.Unselected, $"{Units.Count(link.Unselected.Total, "operate request")} without the select that must come just before", conclusions.Value(s_unselected), fromMaster: true);
            Add(conclusions, state, key, link, AuthenticationFails, link.AuthenticationErrors, $"{Units.Count(link.AuthenticationErrors.Total, "error message")} of secure authentication", conclusions.Value(s_errors));
        }

        foreach (IGrouping<(PairKey Pair, int Station), KeyValuePair<Dnp3LinkKey, Dnp3Link>> links in state.Links.Entries.GroupBy(l => (l.Key.Pair, l.Key.Station)))
        {
            ConcludeMasters(state, conclusions, [.. links.Where(l => !l.Value.Asked.IsEmpty)]);
        }
    }

    // The same host with another link address is another master as far as the outstation can tell.
    private static void ConcludeMasters(Dnp3State state, Conclusions conclusions, KeyValuePair<Dnp3LinkKey, Dnp3Link>[] links)
    {
        foreach ((Dnp3LinkKey key, Dnp3Link link) in links)
        {
            if (link.Commands.Total == 0
                || !links.Any(o => o.Value.Requests.Value >= conclusions.Value(s_types.LearntRequests) && link.Asked.First - o.Value.Asked.First >= conclusions.Value(s_types.Learning) * Timestamp.PerSecond))
            {
                continue;
            }

            Add(conclusions, state, key, link, s_types.NewMaster, link.Commands, $"master station {key.Master} was not there before and sent {Units.Count(link.Commands.Total, "command")}", 1, fromMaster: true);
        }
    }

    private static void Add(
        Conclusions conclusions, Dnp3State state, Dnp3LinkKey key, Dnp3Link link, FindingType type, FrameSample frames, string summary, long least, bool fromMaster = false)
    {
        if (frames.Total < least)
        {
            return;
        }

        (IpAddress source, IpAddress destination) = fromMaster ? (key.Pair.From, key.Pair.To) : (key.Pair.To, key.Pair.From);
        IcsUse? use = state.Uses.Find(key.Pair);
        conclusions.Add(new Finding
        {
            Type = type,
            Subject = $"{key.Pair} station {key.Station}",
            Summary = summary,
            Source = source,
            Destination = destination,
            Confidence = 70,
            Count = frames.Total,
            DisplayFilter = type == AuthenticationFails
                ? Filter.Between(source, destination).And(Filter.Any(Filter.Where("dnp3.al.func >= 131 || dnp3.al.func == 33"), Filter.Frames(frames)))
                : IcsFindings.Select(new PairKey(source, destination), "dnp3", frames, use),
        }.WithEvidence(frames).During(link.Times));
    }
}
