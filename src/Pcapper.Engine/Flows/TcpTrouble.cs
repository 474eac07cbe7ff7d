using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The rules of TCP that a connection broke, each with its first frame per direction.</summary>
internal sealed class TcpTrouble
{
    /// <summary>Data so far ahead or behind that no receiver would take it.</summary>
    public const int Outside = 0;

    /// <summary>A SYN with another sequence number than the connection's.</summary>
    public const int OtherSyn = 1;

    /// <summary>Urgent data: what the receiving program reads depends on how it asks for it (RFC 6093, 2).</summary>
    public const int Urgent = 2;

    private static readonly string[] s_rules = ["data outside the window", "SYN with another sequence number", "urgent data"];

    private readonly (FrameRef Frame, Timestamp Time)[] _first = new (FrameRef Frame, Timestamp Time)[2 * s_rules.Length];

    /// <summary>Notes that a packet broke a rule.</summary>
    public void Note(int rule, Direction direction, FrameRef frame, Timestamp time)
    {
        ref (FrameRef Frame, Timestamp Time) first = ref _first[(2 * rule) + (int)direction];
        if (first.Frame.Number == 0)
        {
            first = (frame, time);
        }
    }

    /// <summary>States them.</summary>
    public void Report(FlowId flow, Emitter<AnomalySeen> anomalies)
    {
        for (int i = 0; i < _first.Length; i++)
        {
            if (_first[i].Frame.Number != 0)
            {
                anomalies.Emit(new AnomalySeen { Flow = flow, Frame = _first[i].Frame, Time = _first[i].Time, Protocol = "tcp", Rule = s_rules[i / 2] });
            }
        }
    }
}
