using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Concludes from many requests together: searches for content, guesses of passwords.</summary>
internal static class HttpSeries
{
    private const int LeastMissing = 50;       // a broken page misses a dozen files, a word list hundreds
    private const double MissingShare = 0.7;
    private const int LeastAttempts = 20;
    private const int LeastSecrets = 10;       // a program with an outdated password has one
    private const double FailureShare = 0.8;
    private const double RareOutcome = 0.1;

    public static void Conclude(HttpState state, Conclusions conclusions)
    {
        foreach ((Key3<PairKey, NumberKey, TextKey> site, HttpProbing probing) in state.Probing.Entries)
        {
            long missing = probing.Missing.Estimate;
            double share = (double)probing.Frames.Total / Math.Max(1, probing.Requests.Value);
            if (missing >= LeastMissing && share >= MissingShare)
            {
                conclusions.Add(Discovery(site, probing, missing, share));
            }
        }

        foreach ((Key3<PairKey, NumberKey, TextKey> place, HttpGuessing guessing) in state.Guessing.Entries)
        {
            Guesses(place, guessing, conclusions);
        }
    }

    private static Finding Discovery(Key3<PairKey, NumberKey, TextKey> site, HttpProbing probing, long missing, double share) => new Finding
    {
        Type = HttpFindingTypes.ContentDiscovery,
        Subject = $"{site.First.From} > {FlowKey.Endpoint(site.First.To, (ushort)site.Second.Value)} {site.Third.Text}",
        Summary = $"{Units.Count(missing, "URL")} not found of {Units.Count(probing.Requests.Value, "request")} in {Units.Duration(probing.When.Duration)}: {string.Join(", ", probing.Samples.Values)}",
        Source = site.First.From,
        Destination = site.First.To,
        Port = (int)site.Second.Value,
        Count = probing.Frames.Total,
        Confidence = 85,
        Measures = [new("not_found", missing, LeastMissing), new("share", share, MissingShare)],
        DisplayFilter = Filter.From(site.First.From).To(site.First.To).ToPort(IpProtocol.Tcp, (int)site.Second.Value).And("http.request"),
    }.WithEvidence(probing.Frames).During(probing.When);

    private static void Guesses(Key3<PairKey, NumberKey, TextKey> place, HttpGuessing guessing, Conclusions conclusions)
    {
        long attempts = guessing.Frames.Total;
        long secrets = guessing.Secrets.Estimate;
        if (attempts < LeastAttempts || secrets < LeastSecrets)
        {
            return;
        }

        // The refusal is 401, or for a form whatever it is answered with nearly always.
        (long refusal, long refused) = Refusal(guessing);
        double share = (double)refused / attempts;
        if (share < FailureShare)
        {
            return;
        }

        List<KeyValuePair<NumberKey, FrameSample>> others =
            [.. guessing.Outcomes.Entries.Where(o => o.Key.Value != refusal && o.Key.Value is >= 200 and < 400 && o.Value.Total <= RareOutcome * attempts)];
        string success = others.Count == 0 ? string.Empty : $"; {string.Join(", ", others.Select(o => $"{o.Key} in frame {o.Value.Frames[0].Number}"))}: probably a success";
        conclusions.Add(new Finding
        {
            Type = HttpFindingTypes.PasswordGuessing,
            Subject = $"{place.First.From} > {FlowKey.Endpoint(place.First.To, (ushort)place.Second.Value)} {place.Third.Text}",
            Summary = $"{Units.Count(attempts, "log-in")} with {Units.Count(secrets, "secret")} for {Units.Count(guessing.UserCount.Estimate, "user")} ({string.Join(", ", guessing.Users.Values)}), "
                + $"{Units.Percent(share)} answered {refusal}{success}",
            Source = place.First.From,
            Destination = place.First.To,
            Port = (int)place.Second.Value,
            Count = attempts,
            Confidence = refusal == 401 ? 90 : 75,
            Raised = others.Count == 0 ? null : Severity.High,
            Measures = [new("attempts", attempts, LeastAttempts), new("secrets", secrets, LeastSecrets), new("refused_share", share, FailureShare)],
            DisplayFilter = Filter.From(place.First.From).To(place.First.To).ToPort(IpProtocol.Tcp, (int)place.Second.Value)
                .And(refusal == 401 ? "http.authorization" : "http.request.method == \"POST\""),
        }.WithEvidence(guessing.Frames).During(guessing.When));
    }

    private static (long Status, long Count) Refusal(HttpGuessing guessing)
    {
        if (guessing.Outcomes.Find(401) is { } refused)
        {
            return (401, refused.Total);
        }

        KeyValuePair<NumberKey, FrameSample> most = guessing.Outcomes.Entries.OrderByDescending(o => o.Value.Total).ThenBy(o => o.Key).FirstOrDefault();
        return (most.Key.Value, most.Value?.Total ?? 0);
    }
}
