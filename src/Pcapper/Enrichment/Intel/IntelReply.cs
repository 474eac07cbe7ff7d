using Pcapper.Engine;

namespace Pcapper.Enrichment.Intel;

/// <summary>What came of one request.</summary>
/// <param name="Answer">The answer, if there is one.</param>
/// <param name="Problem">What went wrong, if something did: never a word of the service's own, which might repeat the key.</param>
/// <param name="IsLast">Whether the service is not to be asked any more.</param>
internal readonly record struct IntelReply(Reputation? Answer, string? Problem, bool IsLast)
{
    /// <summary>Makes an answer.</summary>
    public static IntelReply Of(Reputation answer) => new(answer, null, false);

    /// <summary>Makes a failure.</summary>
    public static IntelReply Failed(string problem) => new(null, problem, false);

    /// <summary>Makes the end of asking.</summary>
    public static IntelReply End(string problem) => new(null, problem, true);
}
