using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Parses both directions of one flow. Never throws on input.</summary>
public abstract class FlowParser
{
    /// <summary>Gets how many bytes a message may have, per direction: asking for more makes the flow malformed ("too long").</summary>
    public virtual int MaxMessage => Limits.Message;

    /// <summary>Gets a value indicating whether one direction says something although the other was given up.</summary>
    public virtual bool FollowsOneDirection => false;

    /// <summary>Looks at bytes of one direction: consumes at most one message, or says why it cannot. Chunks of the two directions come in capture order.</summary>
    public abstract ParseResult Parse(Direction direction, in StreamChunk chunk);

    /// <summary>
    /// Bytes of a direction are missing for good (lost, or not captured); what was not consumed before the gap is gone too, and the next chunk begins behind it.
    /// Return true to go on there. False gives up: the direction, where the other can be followed alone (<see cref="FollowsOneDirection"/>), which is then
    /// only counted; or else the flow, which is then looked at anew.
    /// </summary>
    public virtual bool OnGap(Direction direction, long missing) => false;

    /// <summary>One direction was closed (FIN), all its bytes having been shown: the place to finish a message that lasts until the close.</summary>
    public virtual void OnClose(Direction direction, Timestamp time)
    {
    }

    /// <summary>The flow is over: the place to state what was never answered.</summary>
    public virtual void OnEnd()
    {
    }
}
