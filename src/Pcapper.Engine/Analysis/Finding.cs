using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A conclusion with its evidence. Texts may be raw capture text: the report makes them printable.</summary>
public sealed record Finding
{
    /// <summary>Gets its kind.</summary>
    public required FindingType Type { get; init; }

    /// <summary>Gets who or what it is about: <c>10.0.0.5 &gt; 203.0.113.77:443 cdn.example</c>. With the type it tells findings apart.</summary>
    public required string Subject { get; init; }

    /// <summary>Gets what was seen, in one line, with numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>Gets who acted, if that is one address.</summary>
    public IpAddress? Source { get; init; }

    /// <summary>Gets on whom, if that is one address.</summary>
    public IpAddress? Destination { get; init; }

    /// <summary>Gets the port of the destination.</summary>
    public int? Port { get; init; }

    /// <summary>Gets how sure it is, in percent.</summary>
    public int Confidence { get; init; } = 80;

    /// <summary>Gets when it began.</summary>
    public Timestamp? First { get; init; }

    /// <summary>Gets when it was last seen.</summary>
    public Timestamp? Last { get; init; }

    /// <summary>Gets how often it happened.</summary>
    public long Count { get; init; } = 1;

    /// <summary>Gets the numbers it rests on.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>Gets the earliest frames that show it.</summary>
    public IReadOnlyList<FrameRef> Evidence { get; init; } = [];

    /// <summary>Gets how many frames show it; at least as many as <see cref="Evidence"/> holds.</summary>
    public long EvidenceTotal
    {
        get => Math.Max(field, Evidence.Count);
        init;
    }

    /// <summary>Gets the Wireshark display filter that selects the evidence; a <see cref="Filter"/> converts by itself.</summary>
    public string DisplayFilter { get; init; } = string.Empty;

    /// <summary>Gets the Community IDs of the flows that show it, a few.</summary>
    public IReadOnlyList<string> CommunityIds { get; init; } = [];

    /// <summary>Gets which harmless thing would look the same; that of the type if not set.</summary>
    public string? Unless
    {
        get => field ?? Type.Unless;
        init;
    }

    /// <summary>Gets the severity, where it differs from the type's.</summary>
    public Severity? Raised { get; init; }

    /// <summary>Gets how much it matters.</summary>
    public Severity Severity => Raised ?? Type.Severity;

    /// <summary>Gets its number in the report, <c>F1</c>; empty until it is in one.</summary>
    public string Id { get; internal set; } = string.Empty;

    /// <summary>Gets what is known of the public addresses it names; empty without an address book.</summary>
    public IReadOnlyList<KnownAddress> Addresses { get; internal set; } = [];

    /// <summary>Gets the finding with a sample of frames as its evidence.</summary>
    public Finding WithEvidence(FrameSample frames) => this with { Evidence = frames.ToList(), EvidenceTotal = frames.Total };

    /// <summary>Gets the finding with its first and last time.</summary>
    public Finding During(Extent extent) => extent.IsEmpty ? this : this with { First = extent.First, Last = extent.Last };

    /// <summary>Adds when it happened.</summary>
    public Finding During(Tally tally) => tally.IsTimeless ? this : this with { First = tally.First, Last = tally.Last };
}
