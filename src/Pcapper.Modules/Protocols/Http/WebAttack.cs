namespace Pcapper.Modules.Protocols.Http;

/// <summary>An attack seen in a request.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Sample">The text that shows it, decoded.</param>
internal readonly record struct WebAttack(HttpEvidenceKind Kind, string Sample);
