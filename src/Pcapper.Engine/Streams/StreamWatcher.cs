namespace Pcapper.Engine;

/// <summary>
/// Sees the bytes of one flow. How they are cut into pieces says nothing: segments are as the network made them, so what comes of it must not
/// depend on where a piece ends. Memory must be bounded for each flow.
/// </summary>
public abstract class StreamWatcher
{
    /// <summary>Tells whether the next bytes are still wanted: bytes that nobody wants are not put in order.</summary>
    public abstract bool Wants(Direction direction);

    /// <summary>Takes the next bytes of a direction; an offset beyond the end of those before means that bytes are missing.</summary>
    public abstract void Take(Direction direction, in StreamBytes bytes);

    /// <summary>The flow was found to speak a protocol, from here on: its parser has read a first message. Bytes before it were not held back.</summary>
    public virtual void Speaks(string protocol)
    {
    }

    /// <summary>What was spoken is over, and what follows is not known (yet): after STARTTLS, or where a parser could not follow.</summary>
    public virtual void SpeaksNoMore()
    {
    }

    /// <summary>The flow is over.</summary>
    public virtual void End()
    {
    }
}
