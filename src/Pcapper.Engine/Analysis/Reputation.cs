using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>What one service says of one value. Texts are printable.</summary>
/// <param name="Question">The value.</param>
/// <param name="Service">The service's name.</param>
/// <param name="State">What came of asking.</param>
public sealed record Reputation(ReputationQuestion Question, string Service, ReputationState State)
{
    /// <summary>Gets the numbers of the answer.</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>Gets when the service last heard of the value, or null.</summary>
    public Timestamp? Reported { get; init; }

    /// <summary>Gets a value indicating whether the service itself takes the value to be harmless.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Gets a value indicating whether the answer was kept from an earlier run.</summary>
    public bool IsCached { get; init; }

    /// <summary>Gets a number of the answer, 0 if it is missing.</summary>
    public double this[string name] => Measures.FirstOrDefault(m => m.Name == name)?.Value ?? 0;
}
