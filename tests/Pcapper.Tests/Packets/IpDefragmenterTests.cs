using CsCheck;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Packets;

public sealed class IpDefragmenterTests
{
    private static readonly byte[] s_datagram = [.. Enumerable.Range(0, 60).Select(i => (byte)i)];

    private readonly IpDefragmenter _defragmenter;
    private readonly List<IncompleteDatagram> _incomplete = [];
    private FragmentFacts _facts;
    private IpProtocol _protocol;

    public IpDefragmenterTests() => _defragmenter = new IpDefragmenter(_incomplete.Add);

    [Fact]
    public void Pieces_in_order_make_the_datagram()
    {
        Assert.Null(Add(0, 24, true));
        Assert.Null(Add(24, 48, true));
        Assert.Equal(s_datagram, Add(48, 60, false));
        Assert.Equal((3, 60L + (3 * 20)), (_facts.Pieces, _facts.IpBytes));
        Assert.Equal(IpProtocol.Udp, _protocol);
        Assert.Equal(Anomalies.None, _facts.Anomalies);
        Assert.Equal(0, _defragmenter.Waiting);
    }

    [Fact]
    public void Pieces_in_any_order_make_the_datagram()
        => Gen.Shuffle(new[] { (0, 8, true), (8, 24, true), (24, 48, true), (48, 60, false) }).Always(pieces =>
        {
            var defragmenter = new IpDefragmenterTests();
            byte[]? datagram = null;
            foreach ((int start, int end, bool more) in pieces)
            {
                Assert.Null(datagram);
                datagram = defragmenter.Add(start, end, more);
            }

            return datagram is not null && datagram.SequenceEqual(s_datagram) && defragmenter._facts.Anomalies == Anomalies.None;
        });

    [Fact]
    public void A_repeated_piece_is_no_anomaly()
    {
        Add(0, 24, true);
        Add(0, 24, true);
        Assert.Equal(s_datagram, Add(24, 60, false));
        Assert.Equal((3, Anomalies.None), (_facts.Pieces, _facts.Anomalies));
    }

    [Fact]
    public void Where_pieces_overlap_the_first_wins()
    {
        byte[] other = [.. Enumerable.Repeat((byte)0xEE, 60)];
        Add(16, 32, true);
        Add(0, 40, true, other);
        byte[]? datagram = Add(32, 60, false);

        byte[] expected = [.. other[..16], .. s_datagram[16..32], .. other[32..40], .. s_datagram[40..]];
        Assert.Equal(expected, datagram);
        Assert.Equal(Anomalies.FragmentOverlap, _facts.Anomalies);
    }

    [Fact]
    public void Two_ends_are_an_anomaly()
    {
        Add(24, 48, false);
        Add(48, 60, false);

        Assert.Equal(Anomalies.BadLength, _facts.Anomalies);
        Assert.Equal(s_datagram[..48], Add(0, 24, true));
    }

    [Fact]
    public void Datagrams_are_told_apart_by_ends_number_protocol_and_tunnel()
    {
        Assert.Null(Add(0, 24, true));
        Assert.Null(Add(24, 60, false, identification: 8));
        Assert.Null(Add(24, 60, false, protocol: IpProtocol.Icmp));
        Assert.Null(Add(24, 60, false, source: "192.0.2.6"));
        Assert.Null(Add(24, 60, false, tunnel: new Encapsulation(TunnelKind.Gre, 0, default, default)));
        Assert.Equal(5, _defragmenter.Waiting);
        Assert.NotNull(Add(24, 60, false));
    }

    [Fact]
    public void IPv6_takes_the_protocol_of_the_first_piece()
    {
        Assert.Null(Add(24, 60, false, protocol: IpProtocol.NoNext, source: "2001:db8::1"));
        Assert.NotNull(Add(0, 24, true, source: "2001:db8::1"));
        Assert.Equal(IpProtocol.Udp, _protocol);
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    [InlineData(-30, true)]
    [InlineData(-31, false)]
    public void A_datagram_waits_half_a_minute(int seconds, bool isComplete)
    {
        Add(0, 24, true, seconds: 100);
        Assert.Equal(isComplete, Add(24, 60, false, seconds: 100 + seconds) is not null);
    }

    [Fact]
    public void A_piece_cut_by_the_snap_length_completes_nothing()
    {
        Add(0, 24, true);
        Assert.Null(Add(24, 60, false, captured: 10));
        Assert.NotNull(Add(24, 60, false));
    }

    [Fact]
    public void Too_many_pieces_are_given_up()
    {
        for (int i = 0; i < Limits.FragmentPieces; i++)
        {
            Add(8, 16, true);
        }

        Assert.Equal(Anomalies.None, _facts.Anomalies);
        Assert.Null(Add(0, 8, true));
        Assert.Equal(Anomalies.TooManyFragments, _facts.Anomalies);
        Assert.Null(Add(16, 60, false));
    }

    [Fact]
    public void A_piece_beyond_the_largest_datagram_is_given_up()
    {
        Assert.Null(Add(65_528, 65_540, false, new byte[70_000]));
        Assert.Equal(Anomalies.FragmentTooLong, _facts.Anomalies);
    }

    [Fact]
    public void The_number_of_waiting_datagrams_is_bounded()
    {
        for (uint i = 0; i < Limits.PairDatagrams + 10; i++)
        {
            Add(0, 24, true, identification: i);
        }

        Assert.Equal(Limits.PairDatagrams, _defragmenter.Waiting);
        Assert.Equal(10, _defragmenter.Evicted);
        Assert.Null(Add(24, 60, false, identification: 0));
        Assert.NotNull(Add(24, 60, false, identification: Limits.PairDatagrams));
    }

    [Fact]
    public void Pieces_between_other_hosts_do_not_matter()
    {
        Add(0, 24, true);
        for (int i = 0; i < 20_000; i++)
        {
            Add(24, 48, true, identification: (uint)i, source: $"10.{i % 7}.{i >> 8 & 255}.{i & 255}");
        }

        Assert.Equal((0L, 0L), (_defragmenter.Evicted, _defragmenter.EvictedInAll));
        Assert.NotNull(Add(24, 60, false));
    }

    [Fact]
    public void All_datagrams_together_are_bounded_too()
    {
        for (int i = 0; i < Limits.Datagrams + 10; i++)
        {
            Add(0, 24, true, source: $"10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}");
        }

        Assert.Equal((0L, 10L), (_defragmenter.Evicted, _defragmenter.EvictedInAll));
        Assert.Equal(Limits.Datagrams, _defragmenter.Waiting);
    }

    [Fact]
    public void Datagrams_that_never_become_whole_are_told()
    {
        Add(0, 24, true);
        Add(0, 24, true, identification: 8, captured: 10);
        Add(0, 24, true, identification: 9, seconds: 40);
        _defragmenter.Sweep(Timestamp.FromSeconds(61));
        Assert.Equal([Timestamp.FromSeconds(0)], _incomplete.Select(d => d.Time));
        _defragmenter.End();
        Assert.Equal([Timestamp.FromSeconds(0), Timestamp.FromSeconds(40)], _incomplete.Select(d => d.Time));
        Assert.Equal(0, _defragmenter.Waiting);
    }

    [Fact]
    public void The_memory_of_waiting_datagrams_is_bounded()
    {
        byte[] large = new byte[70_000];
        for (uint i = 0; i < 1000; i++)
        {
            Add(57_000, 65_000, true, large, identification: i);
        }

        Assert.InRange(_defragmenter.Waiting, 1, Limits.PairDatagramBytes / 8000);
    }

    [Fact]
    public void Datagrams_whose_time_has_run_out_are_no_loss()
    {
        for (uint i = 0; i < Limits.PairDatagrams + 10; i++)
        {
            Add(0, 24, true, identification: i, seconds: (int)i);
        }

        Assert.Equal(0, _defragmenter.Evicted);
    }

    [Fact]
    public void Any_pieces_are_survived_and_the_first_bytes_stay()
        => Gen.Select(Gen.Int[0, 12], Gen.Int[0, 6], Gen.Bool, Gen.Byte).Array[1, 40].Always(pieces =>
        {
            var defragmenter = new IpDefragmenter();
            int?[] model = new int?[256];
            foreach ((int at, int units, bool more, byte fill) in pieces)
            {
                byte[] piece = [.. Enumerable.Repeat(fill, units * 8)];
                var packet = new Packet { Payload = piece, PayloadLength = piece.Length, FragmentOffset = at * 8, MoreFragments = more, IsFragment = true };
                for (int i = 0; i < piece.Length; i++)
                {
                    model[(at * 8) + i] ??= fill;
                }

                if (defragmenter.Add(packet, out ReadOnlySpan<byte> datagram, out _, out FragmentFacts facts))
                {
                    for (int i = 0; i < datagram.Length; i++)
                    {
                        Assert.Equal(model[i], datagram[i]);
                    }

                    Array.Clear(model);
                }
            }
        });

    private byte[]? Add(
        int start, int end, bool more, byte[]? bytes = null, uint identification = 7, IpProtocol protocol = IpProtocol.Udp,
        string source = "192.0.2.5", Encapsulation tunnel = default, int seconds = 0, int? captured = null)
    {
        byte[] piece = (bytes ?? s_datagram)[start..end];
        var packet = new Packet
        {
            Frame = new Frame { Time = Timestamp.FromSeconds(seconds), Ref = new FrameRef(0, 1) },
            HasIp = true,
            Source = IpAddress.Parse(source),
            Destination = IpAddress.Parse("192.0.2.9"),
            Protocol = protocol,
            Identification = identification,
            Tunnel = tunnel,
            IpLength = 20 + piece.Length,
            IsFragment = true,
            FragmentOffset = start,
            MoreFragments = more,
            Payload = piece.AsSpan(0, captured ?? piece.Length),
            PayloadLength = piece.Length,
        };
        return _defragmenter.Add(packet, out ReadOnlySpan<byte> datagram, out _protocol, out _facts) ? datagram.ToArray() : null;
    }
}
