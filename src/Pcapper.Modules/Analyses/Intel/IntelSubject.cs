using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Intel;

/// <summary>A value that may be asked about, and what of the capture it stands for.</summary>
/// <param name="question">The value.</param>
internal sealed class IntelSubject(ReputationQuestion question)
{
    private const int Few = 8;

    private readonly List<Observable> _observables = [];

    /// <summary>Gets the value.</summary>
    public ReputationQuestion Question { get; } = question;

    /// <summary>Gets the answers.</summary>
    public List<Reputation> Answers { get; } = [];

    /// <summary>Gets the severity of the worst finding about it, or null.</summary>
    public Severity? Severity => _observables.Max(o => o.Severity);

    /// <summary>Gets how often it was seen.</summary>
    public long Count => _observables.Sum(o => o.Count);

    /// <summary>Adds an observable that it stands for.</summary>
    public void Add(Observable observable) => _observables.Add(observable);

    /// <summary>Gets all that it stands for as one observable.</summary>
    public Observable Seen() => new(Question.Kind, Question.Value)
    {
        Places = [.. _observables.SelectMany(o => o.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(Few)],
        Hosts = [.. _observables.SelectMany(o => o.Hosts).Distinct(StringComparer.Ordinal).Take(Few)],
        First = _observables.Min(o => o.First?.Nanoseconds) is { } first ? new Timestamp(first) : null,
        Last = _observables.Max(o => o.Last?.Nanoseconds) is { } last ? new Timestamp(last) : null,
        Count = Count,
        Frames = [.. _observables.SelectMany(o => o.Frames).Distinct().Order().Take(Limits.EvidenceFrames)],
        Name = _observables[0].Name,
    };
}
