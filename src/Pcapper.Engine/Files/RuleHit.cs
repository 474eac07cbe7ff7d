namespace Pcapper.Engine;

/// <summary>A rule that matches some content.</summary>
/// <param name="Rule">Its name, with the namespace that it is in: <c>malware.yar:Emotet</c>.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Meta">What its author says of it: names with their values, in order of the rule.</param>
/// <param name="Strings">Which of its strings stand where, the first of each.</param>
public sealed record RuleHit(string Rule, IReadOnlyList<string> Tags, IReadOnlyList<(string Name, string Value)> Meta, IReadOnlyList<StringHit> Strings);
