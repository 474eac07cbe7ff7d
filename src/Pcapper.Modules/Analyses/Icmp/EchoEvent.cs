using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Icmp;

/// <summary>One echo message of a session.</summary>
/// <param name="Time">When.</param>
/// <param name="Frame">Which frame.</param>
/// <param name="IsReply">Whether it answers.</param>
/// <param name="Sequence">Its sequence number.</param>
/// <param name="PayloadHash">A hash of what it carries.</param>
/// <param name="PayloadLength">How much it carries.</param>
public readonly record struct EchoEvent(Timestamp Time, FrameRef Frame, bool IsReply, ushort Sequence, ulong PayloadHash, int PayloadLength) : IStateKey<EchoEvent>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Time.Nanoseconds).And(Frame.Number).And(Sequence);

    /// <inheritdoc/>
    public static EchoEvent Read(ref StateReader reader)
        => new(reader.Time(), reader.Frame(), reader.Flag(), (ushort)reader.Number(0, ushort.MaxValue), reader.Fixed64(), reader.Number(0, int.MaxValue));

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Time(Time);
        writer.Frame(Frame);
        writer.Flag(IsReply);
        writer.Number(Sequence);
        writer.Fixed64(PayloadHash);
        writer.Number(PayloadLength);
    }

    /// <inheritdoc/>
    public int CompareTo(EchoEvent other)
        => Time.CompareTo(other.Time) is not 0 and var t ? t
            : Frame.CompareTo(other.Frame) is not 0 and var f ? f
            : IsReply.CompareTo(other.IsReply) is not 0 and var r ? r
            : Sequence.CompareTo(other.Sequence) is not 0 and var s ? s
            : PayloadHash.CompareTo(other.PayloadHash) is not 0 and var h ? h
            : PayloadLength.CompareTo(other.PayloadLength);
}
