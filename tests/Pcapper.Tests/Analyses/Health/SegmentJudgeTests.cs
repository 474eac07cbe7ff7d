using CsCheck;
using Pcapper.Modules.Analyses.Health;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Analyses.Health;

/// <summary>Each kind of segment by the definitions of the Wireshark User's Guide, "TCP Analysis", and what comes close to it.</summary>
public sealed class SegmentJudgeTests
{
    private const string Client = "10.0.0.5:49152";
    private const string Server = "10.0.0.9:80";
    private const TcpFlags Data = TcpFlags.Psh | TcpFlags.Ack;

    [Fact]
    public void An_ordinary_connection_has_nothing_to_say()
        => Assert.Empty(Notes(Capture.New().Tcp(Client, Server, c => c.Says("GET / HTTP/1.1\r\n\r\n").Replies(new byte[5000]).Closes())));

    [Fact]
    public void Bytes_sent_again_are_a_retransmission()
    {
        CaptureBuilder capture = Opened().Waits(50);
        Says(capture, 1001, 100).Waits(300);
        Says(capture, 1001, 100);
        Assert.Equal([SegmentNotes.Retransmission], Notes(capture));
    }

    [Fact]
    public void Bytes_behind_later_ones_are_out_of_order_only_within_a_round_trip()
    {
        CaptureBuilder capture = Opened();
        Says(capture, 1101, 100);
        Says(capture, 1001, 100);
        Assert.Equal([SegmentNotes.PreviousNotCaptured, SegmentNotes.OutOfOrder], Notes(capture));

        capture = Opened();
        Says(capture, 1101, 100).Waits(10);
        Says(capture, 1001, 100);
        Assert.Equal([SegmentNotes.PreviousNotCaptured, SegmentNotes.Retransmission], Notes(capture));
    }

    [Fact]
    public void Two_duplicate_acknowledgments_make_a_retransmission_fast()
    {
        CaptureBuilder capture = Opened();
        Says(capture, 1001, 100);
        Acks(capture, 1101);
        Says(capture, 1201, 100);
        Acks(capture, 1101);
        Acks(capture, 1101).Waits(5);
        Says(capture, 1101, 100);
        Assert.Equal(
            [
                SegmentNotes.PreviousNotCaptured, SegmentNotes.DuplicateAck, SegmentNotes.DuplicateAck,
                SegmentNotes.Retransmission | SegmentNotes.FastRetransmission,
            ],
            Notes(capture));
    }

    [Fact]
    public void Bytes_that_were_acknowledged_are_sent_again_for_nothing()
    {
        CaptureBuilder capture = Opened();
        Says(capture, 1001, 100);
        Acks(capture, 1101).Waits(300);
        Says(capture, 1001, 100);
        Assert.Equal([SegmentNotes.Retransmission | SegmentNotes.SpuriousRetransmission], Notes(capture));
    }

    [Fact]
    public void An_acknowledgment_with_another_window_is_an_update_and_no_duplicate()
    {
        CaptureBuilder capture = Opened();
        Says(capture, 1001, 100);
        Acks(capture, 1101);
        Acks(capture, 1101, window: 1000);
        Acks(capture, 1101, window: 1000);
        Assert.Equal([SegmentNotes.WindowUpdate, SegmentNotes.DuplicateAck], Notes(capture));
    }

    [Fact]
    public void A_closed_window_is_filled_probed_and_answered()
    {
        byte[] noScale = [2, 4, 5, 0xB4];
        CaptureBuilder capture = Opened(noScale);
        Acks(capture, 1001, window: 100);
        Says(capture, 1001, 100);
        Acks(capture, 1101, window: 0).Waits(300);
        Says(capture, 1101, 1);
        Acks(capture, 1101, window: 0);
        Assert.Equal(
            [
                SegmentNotes.WindowUpdate, SegmentNotes.WindowFull, SegmentNotes.ZeroWindow, SegmentNotes.ZeroWindowProbe,
                SegmentNotes.ZeroWindow | SegmentNotes.ZeroWindowProbeAck,
            ],
            Notes(capture));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_keep_alive_and_its_answer_are_no_retransmission_and_no_duplicate(int bytes)
    {
        CaptureBuilder capture = Opened();
        Says(capture, 1001, 100);
        Acks(capture, 1101).Waits(10_000);
        Says(capture, 1100, bytes);
        Acks(capture, 1101);
        Assert.Equal([SegmentNotes.KeepAlive, SegmentNotes.KeepAliveAck], Notes(capture));
    }

    [Fact]
    public void What_is_acknowledged_and_not_captured_is_told_once()
    {
        CaptureBuilder capture = Opened();
        Acks(capture, 5000);
        Acks(capture, 6000);
        Assert.Equal([SegmentNotes.AckedUnseen], Notes(capture));
    }

    [Fact]
    public void The_same_packet_at_once_was_captured_twice()
    {
        byte[] segment = FrameBuilder.Ethernet(FrameBuilder.Tcp(Client, Server, 1001, 5001, Data, new byte[100]));
        CaptureBuilder capture = Opened().Frame(segment).Waits(-0.99).Frame(segment);
        Assert.Equal([SegmentNotes.CapturedTwice | SegmentNotes.Retransmission], Notes(capture));
    }

    [Fact]
    public void The_time_to_an_acknowledgment_is_measured_once_and_never_of_what_was_sent_again()
    {
        CaptureBuilder capture = Opened();
        Says(capture, 1001, 100).Waits(40);
        Acks(capture, 1101);
        Assert.Equal([41_000_000L], Analysis.Records<SegmentSeen>(capture.ToPcap()).Select(s => s.AckTime).OfType<long>());

        capture = Opened();
        Says(capture, 1001, 100).Waits(300);
        Says(capture, 1001, 100).Waits(40);
        Acks(capture, 1101);
        Assert.DoesNotContain(Analysis.Records<SegmentSeen>(capture.ToPcap()), s => s.AckTime is not null);
    }

    [Fact]
    public void Any_segments_are_survived()
    {
        Gen<byte[]> segment =
            from fromClient in Gen.Bool
            from sequence in Gen.OneOf(Gen.UInt[1000, 1010], Gen.UInt)
            from acknowledgment in Gen.OneOf(Gen.UInt[1000, 1010], Gen.UInt)
            from flags in Gen.Byte
            from length in Gen.OneOf(Gen.Const(0), Gen.Const(1), Gen.Int[0, 40])
            from window in Gen.OneOf(Gen.Const((ushort)0), Gen.UShort)
            from options in Gen.OneOf(Gen.Const(Array.Empty<byte>()), Gen.Byte.Array[4])
            select FrameBuilder.Ethernet(FrameBuilder.Tcp(
                fromClient ? Client : Server, fromClient ? Server : Client, sequence, acknowledgment, (TcpFlags)flags, new byte[length], options, window));
        segment.List[0, 40].Always(segments =>
        {
            CaptureBuilder capture = Capture.New();
            segments.ForEach(bytes => capture.Frame(bytes));
            Assert.All(Analysis.Records<SegmentSeen>(capture.ToPcap()), s => Assert.True(s.AckTime is null or >= 0));
        }, iterations: 200);
    }

    private static CaptureBuilder Opened(byte[]? options = null) => Capture.New()
        .Frame(FrameBuilder.Ethernet(FrameBuilder.Tcp(Client, Server, 1000, 0, TcpFlags.Syn, options: options)))
        .Frame(FrameBuilder.Ethernet(FrameBuilder.Tcp(Server, Client, 5000, 1001, TcpFlags.Syn | TcpFlags.Ack, options: options)))
        .Frame(FrameBuilder.Ethernet(FrameBuilder.Tcp(Client, Server, 1001, 5001, TcpFlags.Ack)));

    private static CaptureBuilder Says(CaptureBuilder capture, uint sequence, int bytes)
        => capture.Frame(FrameBuilder.Ethernet(FrameBuilder.Tcp(Client, Server, sequence, 5001, bytes == 0 ? TcpFlags.Ack : Data, new byte[bytes])));

    private static CaptureBuilder Acks(CaptureBuilder capture, uint acknowledgment, ushort window = 64240)
        => capture.Frame(FrameBuilder.Ethernet(FrameBuilder.Tcp(Server, Client, 5001, acknowledgment, TcpFlags.Ack, window: window)));

    private static IEnumerable<SegmentNotes> Notes(CaptureBuilder capture)
        => Analysis.Records<SegmentSeen>(capture.ToPcap()).Select(s => s.Notes).Where(n => n != SegmentNotes.None);
}
