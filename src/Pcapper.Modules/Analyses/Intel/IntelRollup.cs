using Pcapper.Engine;
using Pcapper.Modules.Analyses.Domain;
using Pcapper.Modules.Analyses.Ioc;
using Pcapper.Modules.Analyses.Ips;

namespace Pcapper.Modules.Analyses.Intel;

/// <summary>What services on the network know of the public values that a capture holds. It says nothing, and asks nobody, unless the user wants it.</summary>
public sealed class IntelRollup : IRollup
{
    /// <summary>The module's name.</summary>
    public const string Name = "intel";

    /// <inheritdoc/>
    public ModuleInfo Info { get; } = new(
        Name, "", "Intelligence", "what AbuseIPDB, OTX and VirusTotal know of public values", 1, IntelFindings.Types, typeof(IocState), typeof(DomainState), typeof(IpsState));

    /// <inheritdoc/>
    public void Conclude(IReadOnlyList<Finding> findings, IReadOnlyList<Indicator> indicators, Conclusions conclusions)
    {
        if (conclusions.Reputation is not { } reputation)
        {
            return;
        }

        var model = new IocModel(conclusions.Of<IocState>());
        model.Judge(findings, indicators);
        IpsState hosts = conclusions.Of<IpsState>();
        var values = new PublicValues(conclusions.Of<DomainState>(), hosts);
        List<IntelSubject> all = Ordered(Subjects(model.ToList(keepsAll: false), values));
        List<IntelSubject> asked = [.. all.Take(reputation.Most)];
        ILookup<ReputationQuestion, Reputation> answers = reputation.LookUp([.. asked.Select(s => s.Question)]).ToLookup(a => a.Question);
        foreach (IntelSubject subject in asked)
        {
            subject.Answers.AddRange(answers[subject.Question]);
            IntelFindings.Raise(subject, hosts, conclusions);
        }

        IntelSection.Write(asked, all.Count - asked.Count, reputation, conclusions.Section);
    }

    private static List<IntelSubject> Subjects(IEnumerable<Observable> observables, PublicValues values)
    {
        var subjects = new Dictionary<ReputationQuestion, IntelSubject>();
        foreach (Observable observable in observables)
        {
            if (values.Of(observable) is { } question)
            {
                if (!subjects.TryGetValue(question, out IntelSubject? subject))
                {
                    subjects.Add(question, subject = new IntelSubject(question));
                }

                subject.Add(observable);
            }
        }

        return [.. subjects.Values];
    }

    // What findings point at first; of the rest the rarest of each kind in turn: what everybody uses all the time is seldom bad.
    private static List<IntelSubject> Ordered(List<IntelSubject> subjects) =>
    [
        .. subjects.GroupBy(s => s.Question.Kind)
            .SelectMany(kind => kind.OrderBy(s => s.Count).ThenBy(s => s.Question.Value, StringComparer.Ordinal).Select((subject, rank) => (Subject: subject, Rank: rank)))
            .OrderByDescending(s => s.Subject.Severity).ThenBy(s => s.Rank).ThenBy(s => s.Subject.Question.Kind)
            .Select(s => s.Subject),
    ];
}
