namespace Pcapper.Engine;

/// <summary>Input broke a rule of its format; counted, not judged (Zeek's "weird").</summary>
public sealed record AnomalySeen : ProtocolRecord
{
    /// <summary>Gets the protocol whose rule it is: <c>tcp</c>, <c>dns</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets the rule, a constant text: <c>overlap with different bytes</c>.</summary>
    public required string Rule { get; init; }
}
