using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Java objects in answers: what a client that was made to look up a name (JNDI, Log4Shell) loads.</summary>
internal static class LdapJavaFindings
{
    /// <summary>A server gave a client a Java object or the place to load one from.</summary>
    public static readonly FindingType JavaObject = new("ldap.java-object", "Java object or class reference in a directory answer (JNDI)", Severity.Medium, "T1190", "T1203")
    {
        Suspect = Suspect.Destination,
        Unless = "an application keeps its own Java objects in its own directory (connection factories of a message queue): the server is then a known directory, and nothing is loaded from a URL",
    };

    // A logged text is looked up at once; behind queues it may take minutes.
    private const long Soon = 10 * 60 * Timestamp.PerSecond;

    public static void Raise(LdapState state, HttpState web, Conclusions conclusions)
    {
        if (state.JavaObjects.Count == 0)
        {
            return;
        }

        ILookup<IpAddress, HttpEvidence> attempts = web.Evidence.Entries
            .Where(entry => entry.Key.Kind == HttpEvidenceKind.Log4Shell).ToLookup(entry => entry.Key.Server, entry => entry.Value);
        foreach ((PairKey pair, LdapJavaFacts facts) in state.JavaObjects.Entries)
        {
            Finding finding = Make(pair, facts);
            HttpEvidence[] before = [.. attempts[pair.To].Where(attempt => attempt.When.First.CompareTo(facts.When.Last) <= 0 && facts.When.First - attempt.When.Last <= Soon)];
            if (before.Length > 0)
            {
                finding = After(finding, facts, before);
            }

            conclusions.Add(finding);
            foreach (string url in facts.CodeBases.Values.Where(IsUrl))
            {
                conclusions.Add(new Indicator(IndicatorKind.Url, url, "Java classes are loaded from there (JNDI)", facts.When.FirstFrame) { Finding = finding });
            }
        }
    }

    private static bool IsUrl(string codeBase) => codeBase.Contains("://", StringComparison.Ordinal);

    private static Finding Make(PairKey pair, LdapJavaFacts facts)
    {
        bool isRemote = facts.CodeBases.Values.Any(IsUrl);
        IEnumerable<string> what =
        [
            .. facts.CodeBases.Values.Count == 0 ? (IEnumerable<string>)[] : [$"classes from {string.Join(", ", facts.CodeBases.Values)}"],
            .. facts.Factories.Values.Count == 0 ? (IEnumerable<string>)[] : [$"factory {string.Join(", ", facts.Factories.Values)}"],
            .. facts.Serialized.Value == 0 ? (IEnumerable<string>)[] : [$"{Units.Count(facts.Serialized.Value, "serialized object")}"],
        ];
        string classes = facts.Classes.Values.Count == 0 ? string.Empty : $" of class {string.Join(", ", facts.Classes.Values)}";
        bool isOutside = pair.From.Class == AddressClass.Public && pair.To.Class != AddressClass.Public;
        int? port = facts.Ports.Keys is [var only] ? (int)only.Value : null;
        return new Finding
        {
            Type = JavaObject,
            Subject = pair.ToString(),
            Summary = $"{Units.Count(facts.Frames.Total, "answer")}{(port is null ? string.Empty : $" from port {port}")} about {string.Join(", ", facts.Names.Values)}{classes}: {string.Join("; ", what)}",
            Source = pair.From,
            Destination = pair.To,
            Port = port,
            Raised = isRemote || isOutside ? Severity.High : null,
            Confidence = isRemote ? 90 : isOutside ? 80 : 50,
            Count = facts.Frames.Total,
            Measures = [new("answers", facts.Frames.Total), new("serialized", facts.Serialized.Value)],
            DisplayFilter = Filter.Any(Filter.From(pair.From).To(pair.To).And("ldap.protocolOp == 4"), Filter.Frames(facts.Frames)),
        }.WithEvidence(facts.Frames).During(facts.When);
    }

    // The client is a server that had been sent the text that makes it ask.
    private static Finding After(Finding finding, LdapJavaFacts facts, HttpEvidence[] attempts)
    {
        var frames = new FrameSample();
        var asked = new FrameSample();
        frames.Merge(facts.Frames);
        var when = new Extent();
        when.Merge(facts.When);
        foreach (HttpEvidence attempt in attempts)
        {
            frames.Merge(attempt.Frames);
            asked.Merge(attempt.Frames);
            when.Merge(attempt.When);
        }

        return (finding with
        {
            Raised = Severity.Critical,
            Confidence = 95,
            Summary = $"{finding.Summary}; before, {finding.Destination} was sent ${{jndi:…}} by HTTP in {Units.Count(asked.Total, "request")} (frame {asked.Frames[0]}), and looked it up",
            DisplayFilter = Filter.Any(Filter.Where(finding.DisplayFilter), Filter.Frames(asked)),
        }).WithEvidence(frames).During(when);
    }
}
