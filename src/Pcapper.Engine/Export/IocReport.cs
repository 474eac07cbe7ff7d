using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What exports of indicators are made of.</summary>
/// <param name="Version">The version of Pcapper.</param>
/// <param name="Captures">The captures read.</param>
/// <param name="Observables">The observables, indicators first.</param>
public sealed record IocReport(string Version, IReadOnlyList<CaptureSummary> Captures, IReadOnlyList<Observable> Observables)
{
    /// <summary>Gets the names of the captures, without folders: those are nobody else's business.</summary>
    public IEnumerable<string> CaptureNames => Captures.Select(c => Printable.From(Path.GetFileName(c.Path)));

    /// <summary>Gets when the first frame was captured, or the epoch if there is none.</summary>
    public Timestamp First => Captures.Min(c => c.First) ?? default;

    /// <summary>Gets the observables that can be shared: values that had to be cut, and masked ones, are of no use to anybody.</summary>
    public IEnumerable<Observable> Shared => Observables.Where(o => o.Value.IndexOf('…', StringComparison.Ordinal) < 0 && !o.Value.Contains(Secret.Mask, StringComparison.Ordinal));
}
