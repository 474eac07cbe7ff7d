namespace Pcapper.Engine;

/// <summary>A value that services are asked about.</summary>
/// <param name="Kind">An address, a domain or a SHA-256.</param>
/// <param name="Value">The value in its one spelling.</param>
public readonly record struct ReputationQuestion(IndicatorKind Kind, string Value);
