namespace Pcapper.Engine;

/// <summary>Tries rules of the user on contents. Used by all shards at once; the same bytes always give the same answer.</summary>
public interface IContentScanner
{
    /// <summary>Gets the rules that match, in order of their names.</summary>
    IReadOnlyList<RuleHit> Scan(ReadOnlySpan<byte> content);
}
