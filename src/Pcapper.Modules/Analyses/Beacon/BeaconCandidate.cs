using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>A client and a destination that it turns to in a rhythm.</summary>
internal sealed record BeaconCandidate
{
    private const int Bars = 16;
    private const string Levels = "_.:-=+*%#";

    /// <summary>Gets what its beats have in common.</summary>
    public required SeriesKind Kind { get; init; }

    /// <summary>Gets the client.</summary>
    public required IpAddress Client { get; init; }

    /// <summary>Gets the name or domain; null for an address.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the servers, those that are known.</summary>
    public IReadOnlyList<EndpointKey> Servers { get; init; } = [];

    /// <summary>Gets the names that the client used for the server, if this is an address.</summary>
    public IReadOnlyList<string> OtherNames { get; init; } = [];

    /// <summary>Gets how requests were made, if they can be read.</summary>
    public NamedBeats? Requests { get; init; }

    /// <summary>Gets the events that the beats are taken from.</summary>
    public required long Events { get; init; }

    /// <summary>Gets how many hosts turn to the destination.</summary>
    public required int Clients { get; init; }

    /// <summary>Gets the rhythm.</summary>
    public required Rhythm Rhythm { get; init; }

    /// <summary>Gets RITA's score, or null where RITA gives none.</summary>
    public RitaScore? Rita { get; init; }

    /// <summary>Gets a value indicating whether not all of its events could be kept.</summary>
    public bool IsCut { get; init; }

    /// <summary>Gets the rule that its traffic is expected by, or null.</summary>
    public ExpectedRule? Expected { get; init; }

    /// <summary>Gets the name of the candidate that is the same traffic told better, or null.</summary>
    public string? PartOf { get; init; }

    /// <summary>Gets the destination as people write it.</summary>
    public string Destination => Kind switch
    {
        SeriesKind.Server => Servers[0].ToString(),
        SeriesKind.Domain or SeriesKind.QueryDomain => $"*.{Name}",
        _ => Name ?? "",
    };

    /// <summary>Gets a value indicating whether it is questions to the DNS.</summary>
    public bool IsQuery => Kind is SeriesKind.Query or SeriesKind.QueryDomain;

    /// <summary>Gets a value indicating whether most beats are messages inside connections that stay open.</summary>
    public bool IsInside => Rhythm.Beats.Count(b => b.IsInside) * 2 > Rhythm.Beats.Count;

    /// <summary>Gets what its beats are.</summary>
    public string What => IsQuery ? "questions" : IsInside ? "messages" : Requests is { Requests: > 0 } ? "requests" : "connections";

    /// <summary>Gets a value indicating whether the client used a name for the destination, not only an address.</summary>
    public bool HasName => Kind == SeriesKind.Server ? OtherNames.Any(n => !IsAddress(n)) : Name is { } name && !IsAddress(name);

    /// <summary>Gets the beats over the time of the rhythm, in 16 parts, each drawn by its height.</summary>
    public string Sparkline
    {
        get
        {
            long first = Rhythm.Beats[0].Time;
            double width = Math.Max(1, (Rhythm.Span + 1) / (double)Bars);
            var counts = new int[Bars];
            foreach (Beat beat in Rhythm.Beats)
            {
                counts[(int)Math.Min(Bars - 1, (beat.Time - first) / width)]++;
            }

            int most = counts.Max();
            return string.Concat(counts.Select(c => Levels[c == 0 ? 0 : Math.Max(1, c * (Levels.Length - 1) / most)]));
        }
    }

    /// <summary>Gets the frames of its beats.</summary>
    public FrameSample Frames()
    {
        var frames = new FrameSample();
        foreach (Beat beat in Rhythm.Beats)
        {
            frames.Add(beat.Frame);
        }

        return frames;
    }

    /// <summary>Writes the rhythm: <c>every 60 s ± 20 %</c>.</summary>
    public string Pace => string.Create(CultureInfo.InvariantCulture, $"every {Units.Duration((long)(Rhythm.Model.Period * Timestamp.PerSecond))} ± {Units.Percent(Math.Round(Rhythm.Model.Jitter, 2))}");

    /// <summary>Tells whether a text is an address.</summary>
    public static bool IsAddress(string name) => IpAddress.TryParse(name.AsSpan().Trim("[]"), out _);
}
