using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>tcp_analysis.log: the segments that Wireshark's TCP analysis marks, by the names of its fields (<c>tcp.analysis.*</c>). Not one of Zeek's logs.</summary>
public static class TcpAnalysisLog
{
    private static readonly (SegmentNotes Note, string Name)[] s_names =
    [
        (SegmentNotes.Retransmission, "retransmission"), (SegmentNotes.FastRetransmission, "fast_retransmission"),
        (SegmentNotes.SpuriousRetransmission, "spurious_retransmission"), (SegmentNotes.OutOfOrder, "out_of_order"),
        (SegmentNotes.PreviousNotCaptured, "lost_segment"), (SegmentNotes.DuplicateAck, "duplicate_ack"), (SegmentNotes.ZeroWindow, "zero_window"),
        (SegmentNotes.WindowFull, "window_full"), (SegmentNotes.ZeroWindowProbe, "zero_window_probe"),
        (SegmentNotes.ZeroWindowProbeAck, "zero_window_probe_ack"), (SegmentNotes.KeepAlive, "keep_alive"), (SegmentNotes.KeepAliveAck, "keep_alive_ack"),
        (SegmentNotes.AckedUnseen, "ack_lost_segment"), (SegmentNotes.WindowUpdate, "window_update"), (SegmentNotes.CapturedTwice, "captured_twice"),
    ];

    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<SegmentSeen>.ForFlow(
        "tcp_analysis",
        new("is_orig", "bool", s => s.Direction == Direction.ToResponder),
        new("frame", "count", s => LogValue.Count(s.Frame.Number)),
        new("flags", "set[string]", s => LogValue.Texts(Names(s.Notes)))).Only(s => s.Notes != SegmentNotes.None);

    internal static IReadOnlyList<string> Names(SegmentNotes notes) => [.. s_names.Where(n => (notes & n.Note) != 0).Select(n => n.Name)];
}
