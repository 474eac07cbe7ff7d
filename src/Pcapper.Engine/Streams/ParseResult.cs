namespace Pcapper.Engine;

/// <summary>What a parser made of the bytes it was shown.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Bytes">
/// Done, Upgrade: how many bytes, counted from the first one shown, are settled; more than were shown means that the rest is to be
/// passed over unseen. NeedMore: how many there must be in all before it is worth asking again.
/// </param>
/// <param name="Reason">Malformed: which rule is broken, a constant text (<c>MBAP header</c>).</param>
/// <param name="Protocol">Upgrade: the name of the next protocol, or null to identify it anew.</param>
public readonly record struct ParseResult(ParseStatus Status, long Bytes = 0, string? Reason = null, string? Protocol = null)
{
    /// <summary>The parser has seen what it wants of this direction; the rest is passed over.</summary>
    public static ParseResult Finished => Done(long.MaxValue);

    /// <summary>Bytes were consumed: a message, or a part of one. A count above what was shown passes over the rest unseen.</summary>
    public static ParseResult Done(long bytes) => new(ParseStatus.Done, bytes);

    /// <summary>The parser wants to be asked again when there are this many bytes, counted from the first one shown.</summary>
    public static ParseResult NeedMore(long total) => new(ParseStatus.NeedMore, total);

    /// <summary>The bytes break a rule of the protocol.</summary>
    public static ParseResult Malformed(string reason) => new(ParseStatus.Malformed, 0, reason);

    /// <summary>The bytes are another protocol's.</summary>
    public static ParseResult NotThisProtocol() => new(ParseStatus.NotThisProtocol);

    /// <summary>Bytes were consumed, and what follows, in both directions, is another protocol.</summary>
    public static ParseResult Upgrade(long bytes, string? protocol) => new(ParseStatus.Upgrade, bytes, null, protocol);

    /// <summary>Names the rule that is broken if this ends the parsing of so many bytes.</summary>
    internal string Problem(int shown) => Status switch
    {
        ParseStatus.NeedMore when Bytes > shown => "message too long",
        ParseStatus.NeedMore => "parser asked for bytes it had",
        ParseStatus.Done => "parser made no progress",
        ParseStatus.NotThisProtocol => "stopped speaking the protocol",
        _ => Reason ?? "malformed",
    };
}
