using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What parsers of industrial protocols share: who is who, and how faults are stated.</summary>
internal sealed class IcsFlow(FlowContext flow, RecordBus bus, string protocol, ushort usualPort)
{
    // Servers that call their clients (gateways behind mobile networks) keep their port: then the originator is the server.
    private readonly bool _isReversed = flow.Id.OriginatorPort == usualPort && flow.Id.ResponderPort != usualPort;
    private Timestamp? _lastCommand;
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly Emitter<IcsFault> _faults = bus.Emitter<IcsFault>();

    /// <summary>Gets the flow.</summary>
    public FlowId Id => flow.Id;

    /// <summary>Gets who asks.</summary>
    public IpAddress Client => _isReversed ? flow.Id.Responder : flow.Id.Originator;

    /// <summary>Gets who answers.</summary>
    public IpAddress Server => _isReversed ? flow.Id.Originator : flow.Id.Responder;

    /// <summary>Gets the port of who answers.</summary>
    public ushort ServerPort => _isReversed ? flow.Id.OriginatorPort : flow.Id.ResponderPort;

    /// <summary>Gets the values of points.</summary>
    public PointTracker Points { get; } = new();

    /// <summary>Gets what is asked again and again.</summary>
    public PollTracker Polls { get; } = new();

    /// <summary>Notes a command; tells how long after the last one of the flow it came, in nanoseconds, or null if it is the first.</summary>
    public long? Commanded(Timestamp time)
    {
        long? gap = _lastCommand is { } last ? Math.Max(0, time - last) : null;
        _lastCommand = time;
        return gap;
    }

    /// <summary>Tells whether what goes this way goes to the server.</summary>
    public bool IsToServer(Direction direction) => direction == Direction.ToResponder != _isReversed;

    /// <summary>Tells how many bytes there are before the next segment of a chunk begins, or the chunk ends; at least one.</summary>
    public static int NextSegment(in StreamChunk chunk)
    {
        int next = chunk.Bytes.Length;
        foreach (ChunkPiece piece in chunk.Pieces)
        {
            int at = piece.Offset - chunk.Origin;
            if (at > 0 && at < next)
            {
                next = at;
            }
        }

        return Math.Max(1, next);
    }

    /// <summary>States that a rule is broken.</summary>
    public void Fault(Direction direction, FrameRef frame, Timestamp time, string rule, bool isChecksum = false)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = protocol, Rule = rule });
        }

        if (_faults.IsWanted)
        {
            _faults.Emit(new IcsFault { Flow = flow.Id, Frame = frame, Time = time, Protocol = protocol, Direction = direction, Rule = rule, IsChecksum = isChecksum });
        }
    }
}
