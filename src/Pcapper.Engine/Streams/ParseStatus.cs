namespace Pcapper.Engine;

/// <summary>What a parser made of the bytes it was shown.</summary>
public enum ParseStatus
{
    /// <summary>Some bytes were consumed: a message, or a part of one that needs no buffering.</summary>
    Done,

    /// <summary>The message is longer than the bytes at hand.</summary>
    NeedMore,

    /// <summary>The bytes break the protocol's rules; the flow is only counted from here on.</summary>
    Malformed,

    /// <summary>These are not this protocol's bytes; another may try from the start of the flow.</summary>
    NotThisProtocol,

    /// <summary>From here on the flow speaks another protocol (STARTTLS, CONNECT).</summary>
    Upgrade,
}
