using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Raises findings about secrets that texts hold.</summary>
internal static class StringsFindings
{
    private static readonly FindingType s_cloudKey = new("strings.cloud-key", "Key of a cloud service in the clear", Severity.High, "T1552", "T1040")
    {
        Suspect = Suspect.Neither,
        Unless = "it was made for show, or has been withdrawn: its issuer tells",
    };

    private static readonly FindingType s_token = new("strings.token", "Access token in the clear", Severity.Medium, "T1528", "T1040")
    {
        Suspect = Suspect.Neither,
        Unless = "it has expired, or is made for show",
    };

    private static readonly FindingType s_privateKey = new("strings.private-key", "Private key in the clear", Severity.High, "T1552.004", "T1040")
    {
        Suspect = Suspect.Neither,
        Unless = "it is an example, or is encrypted with a good passphrase",
    };

    private static readonly FindingType s_password = new("strings.password", "Password in a text in the clear", Severity.Medium, "T1552.001", "T1040")
    {
        Suspect = Suspect.Neither,
        Unless = "the settings are an example",
    };

    /// <summary>Gets the kinds of findings.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [s_cloudKey, s_password, s_privateKey, s_token];

    /// <summary>Raises them: one for each kind of secret, sender and receiver.</summary>
    public static void Raise(StringsState state, Conclusions conclusions)
    {
        foreach (IGrouping<(string Kind, PairKey Pair), KeyValuePair<Key3<TextKey, PairKey, Creds.SecretKey>, SecretUse>> group in state.Secrets.Entries
            .Where(entry => entry.Value.Told.Value < entry.Value.Frames.Total && !IsPublic(entry.Key.First.Text))
            .GroupBy(entry => (entry.Key.First.Text, entry.Key.Second)))
        {
            (string kind, PairKey pair) = group.Key;
            var frames = new FrameSample();
            var when = new Extent();
            var protocols = new Texts();
            foreach ((_, SecretUse use) in group)
            {
                frames.Merge(use.Frames);
                when.Merge(use.When);
                protocols.Merge(use.Protocols);
            }

            string carried = protocols.Values.Count == 0 ? "in bytes of no known protocol" : $"in {string.Join(", ", protocols.Values)}";
            conclusions.Add(new Finding
            {
                Type = TypeOf(kind),
                Subject = $"{pair} {kind}",
                Summary = $"{Units.Count(group.Count(), kind, $"{kind}s")} {carried}, sent {Units.Count(frames.Total, "time")}; --strings shows {(group.Count() == 1 ? "it" : "them")}",
                Source = pair.From,
                Destination = pair.To,
                Count = frames.Total,
                DisplayFilter = Filter.From(pair.From).To(pair.To).And(Filter.Frames(frames)),
            }.WithEvidence(frames).During(when));
        }
    }

    private static FindingType TypeOf(string kind) => kind switch
    {
        SecretFinder.Password => s_password,
        SecretFinder.PrivateKey => s_privateKey,
        "AWS access key" or "AWS temporary access key" or "Azure storage key" or "Azure shared access key" or "Google OAuth client secret" or "DigitalOcean token" => s_cloudKey,
        _ => s_token,
    };

    // Keys for maps are part of pages that anybody can read; the issuer bounds what they are good for.
    private static bool IsPublic(string kind) => kind == "Google API key";
}
