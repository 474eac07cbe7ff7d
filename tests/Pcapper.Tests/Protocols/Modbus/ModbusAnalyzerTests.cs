using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Modules.Protocols.Modbus;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Reporting;
using Pcapper.Tests.Running;
using Xunit;
using M = Pcapper.Tests.Protocols.Modbus.ModbusBytes;

namespace Pcapper.Tests.Protocols.Modbus;

public sealed class ModbusAnalyzerTests
{
    private static readonly HashSet<string> s_module = ["modbus"];
    private static readonly byte[] s_capture = Plant.Build();
    private static readonly Lazy<RunOutcome> s_outcome = new(() => Analysis.Of(s_capture, modules: s_module));

    private static readonly Gen<ModbusMessage> s_message =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 2]
        from unit in Gen.Byte[0, 2]
        from function in Gen.OneOf<byte>(3, 5, 6, 8, 17, 21, 90)
        from isRequest in Gen.Bool
        from value in Gen.Int[0, 3]
        from refusal in Gen.Int[0, 4]
        from frame in Gen.Int[1, 400]
        select new ModbusMessage
        {
            Flow = new FlowId(new FlowKey(Address(client), 49152, Address(100 + server), 502, IpProtocol.Tcp, default), new FrameRef(0, 1)),
            Frame = new FrameRef(0, frame),
            Time = Timestamp.FromSeconds(1_700_000_000 + frame),
            Direction = isRequest ? Direction.ToResponder : Direction.ToOriginator,
            IsRequest = isRequest,
            Client = Address(client),
            Server = Address(100 + server),
            ServerPort = 502,
            Station = unit,
            Unit = unit,
            Function = (ModbusFunction)function,
            Call = ModbusCalls.Of((ModbusFunction)function, function is 8 or 90 ? value : null),
            Refusal = isRequest || refusal > 3 ? null : refusal,
            Poll = new IcsPollKey(unit, function, frame % 40, 1),
            Interval = value == 0 ? null : value * Timestamp.PerSecond,
            SinceCommand = isRequest ? value * Timestamp.PerSecond : null,
            ResponseTime = isRequest ? null : value * 1_000_000,
            InFlight = frame,
            IsBroadcast = isRequest && unit == 0,
            Values = [new IcsValue(4, value, frame % 5, frame % 2 == 0, false, (byte)(frame % 21))],
            Oddities = frame % 50 == 0 ? [new IcsOddity(IcsOddityKind.Jump, 4, 1, $"to {value}")] : null,
            Identities = value == 1 ? [new ModbusIdentity(0, "Acme")] : [],
        };

    private static readonly Gen<IcsFault> s_fault = from frame in Gen.Int[1, 40]
                                                    from isChecksum in Gen.Bool
                                                    select new IcsFault
                                                    {
                                                        Flow = new FlowId(new FlowKey(Address(1), 49152, Address(101), 502, IpProtocol.Tcp, default), new FrameRef(0, 1)),
                                                        Frame = new FrameRef(0, frame),
                                                        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
                                                        Protocol = "modbus",
                                                        Direction = Direction.ToResponder,
                                                        Rule = isChecksum ? "wrong checksum" : "header",
                                                        IsChecksum = isChecksum,
                                                    };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<ModbusAnalyzer>(Gen.OneOf(Laws.Emit(s_message), Laws.Emit(s_fault)), 60);

    [Fact]
    public void Ordinary_polling_and_set_points_since_the_beginning_are_no_finding()
        => Assert.Empty(Analysis.Of(Plant.Ordinary().ToPcap(), modules: s_module).Findings);

    [Fact]
    public void The_attack_is_told() => Assert.Equal(
        [
            "modbus.broadcast-command 192.0.2.66 > 192.0.2.51", "modbus.brute-force-io 192.0.2.66 > 192.0.2.50", "modbus.file-written 192.0.2.66 > 192.0.2.51",
            "modbus.listen-only 192.0.2.66 > 192.0.2.51", "modbus.new-master 192.0.2.66 > 192.0.2.50", "modbus.point-search 192.0.2.66 > 192.0.2.50",
            "modbus.program-written 192.0.2.66 > 192.0.2.51", "modbus.restart 192.0.2.66 > 192.0.2.51", "modbus.stop 192.0.2.66 > 192.0.2.51",
        ],
        s_outcome.Value.Findings.Select(f => $"{f.Type.Id} {f.Subject}").Order(StringComparer.Ordinal));

    [Fact]
    public void Values_are_told_with_first_last_least_most_and_changes()
    {
        Table written = Table("modbus.written");
        IReadOnlyList<Cell> coil = written.Rows[0];
        Assert.Equal(("coil", 2, 30, 29, "1", "0"), (coil[2].String, (int)coil[3].Long, (int)coil[5].Long, (int)coil[6].Long, coil[7].String, coil[8].String));
        IReadOnlyList<Cell> point = Table("modbus.values").Rows.Single(r => r[2].String == "holding register" && r[3].Long == 0);
        Assert.Equal((180, "500", "500", "510"), ((int)point[5].Long, point[7].String, point[9].String, point[10].String));
    }

    [Fact]
    public void A_reader_that_writes_after_a_minute_is_told_and_one_that_wrote_before_is_not()
    {
        Assert.Contains("modbus.first-command", Ids(t => Reads(t, 90).Says(M.Tcp(9, 1, M.Write(6, 1, 5)))));
        Assert.Empty(Ids(t => Reads(t.Says(M.Tcp(9, 1, M.Write(6, 1, 5))), 90).Says(M.Tcp(9, 1, M.Write(6, 1, 6)))));
        Assert.Empty(Ids(t => Reads(t, 40).Says(M.Tcp(9, 1, M.Write(6, 1, 5)))));
    }

    [Fact]
    public void Requests_that_pile_up_are_a_flood_only_if_the_server_was_captured()
    {
        byte[] requests = [.. Enumerable.Range(0, 40).SelectMany(i => M.Tcp(i, 1, M.Read(3, i, 1)))];
        Assert.Contains("modbus.request-flood", Ids(t => t.Says(requests)));
        Assert.Empty(Ids(t => t.WithoutHandshake().WithoutAcknowledgments().Says(requests)));
    }

    [Fact]
    public void Units_are_surveyed_by_who_asks_many_in_vain()
    {
        Assert.Contains("modbus.survey", Ids(t => Survey(t, refused: true)));
        Assert.Empty(Ids(t => Survey(t, refused: false)));
    }

    [Fact]
    public void Many_functions_are_a_survey()
        => Assert.Contains("modbus.survey", Ids(t => Each(t, 12, (talk, f) => talk.Says(M.Tcp(f, 1, (byte)(f + 1), 0, 1, 0, 1)).Replies(M.Tcp(f, 1, (byte)((f + 1) | 0x80), 1)))));

    [Fact]
    public void A_public_address_is_told_unless_both_are_of_one_network()
    {
        Assert.Contains("modbus.public-address", Ids(t => Reads(t, 1), "10.0.0.5:49152", "8.8.8.8:502"));
        Assert.Empty(Ids(t => Reads(t, 1), "8.8.4.4:49152", "8.8.8.8:502"));
    }

    [Fact]
    public void Points_written_one_after_another_are_a_sweep()
    {
        Assert.Contains("modbus.write-sweep", Ids(t => Each(t, 60, WriteOne)));
        Assert.Empty(Ids(t => Each(t, 40, WriteOne)));
    }

    [Fact]
    public void A_login_before_the_commands_is_a_pivot()
    {
        CaptureBuilder capture = Capture.New()
            .Tcp("198.51.100.9:50000", "192.0.2.5:22", t => t.Says("SSH-2.0-a\r\n").Replies("SSH-2.0-b\r\n"))
            .Waits(5000)
            .Tcp("192.0.2.5:49152", "192.0.2.9:502", t => t.Says(M.Tcp(1, 1, M.Write(6, 1, 5))).Replies(M.Tcp(1, 1, M.Write(6, 1, 5))));
        Assert.Equal(["modbus.command-after-remote-access"], Analysis.Of(capture.ToPcap(), modules: s_module).Findings.Select(f => f.Type.Id));
    }

    [Theory]
    [InlineData("08 00 01 00 00", "modbus.restart")]
    [InlineData("08 00 04 00 00", "modbus.listen-only")]
    [InlineData("08 00 0a 00 00", "modbus.counters-cleared")]
    [InlineData("14 07 06 00 04 00 01 00 02", "modbus.file-read")]
    [InlineData("15 09 06 00 04 00 07 00 01 00 09", "modbus.file-written")]
    [InlineData("5a 01 31 00", "modbus.program-written")]
    [InlineData("5a 01 34 00", "modbus.program-read")]
    [InlineData("5a 01 40 ff", "modbus.start")]
    [InlineData("5a 01 41 ff", "modbus.stop")]
    [InlineData("08 00 0b 00 00", null)]
    [InlineData("5a 01 22 00", null)]
    [InlineData("11", null)]
    public void Commands_that_are_findings_by_themselves(string request, string? id)
        => Assert.Equal(id is null ? [] : [id], Ids(t => t.Says(M.Tcp(1, 1, Hex.Bytes(request)))));

    [Fact]
    public void Commands_that_are_all_refused_matter_less()
        => Assert.Equal(Severity.Medium, Assert.Single(Analysis.Of(Capture.New().Tcp("192.0.2.5:49152", "192.0.2.9:502", t => t.Says(M.Tcp(1, 1, 8, 0, 1, 0, 0)).Replies(M.Tcp(1, 1, 0x88, 1))).ToPcap(), modules: s_module).Findings).Severity);

    [Fact]
    public void A_device_that_is_busy_again_and_again_is_told()
    {
        Assert.Equal(["modbus.device-failing"], Ids(t => Each(t, 25, (talk, i) => talk.Says(M.Tcp(i, 1, M.Read(3, 0, 1))).Replies(M.Tcp(i, 1, 0x83, 6)))));
        Assert.Empty(Ids(t => Each(t, 15, (talk, i) => talk.Says(M.Tcp(i, 1, M.Read(3, 0, 1))).Replies(M.Tcp(i, 1, 0x83, 6)))));
    }

    [Fact]
    public void Broken_messages_are_told_from_the_third_on()
    {
        byte[] rtu = M.Rtu(1, M.Read(3, 0, 1));
        byte[] broken = [.. rtu[..^1], (byte)~rtu[^1]];
        Assert.Equal(["modbus.wrong-checksums"], Ids(t => Each(t.Says(rtu).Replies(M.Rtu(1, M.Registers(3, 1))), 3, (talk, _) => talk.Says(broken))));
        Assert.Empty(Ids(t => Each(t.Says(rtu).Replies(M.Rtu(1, M.Registers(3, 1))), 2, (talk, _) => talk.Says(broken))));
        Assert.Equal(["modbus.malformed"], Ids(t => Each(Reads(t, 1), 3, (talk, _) => talk.Says(Hex.Bytes("00 01 00 07 00 06 01 03 00 00 00 01")))));
    }

    [Fact]
    public void Values_that_leave_their_habit_are_told()
    {
        Assert.Equal(["modbus.value-jump"], Ids(t => Values(t, [.. Enumerable.Range(0, 150).Select(i => 500 + (i % 7)), 9000])));
        Assert.Equal(["modbus.values-frozen"], Ids(t => Values(t, [.. Enumerable.Range(0, 100), .. Enumerable.Repeat(7, 60)])));
        Assert.Equal(["modbus.values-replayed"], Ids(t => Values(t, [.. Enumerable.Range(0, 400).Select(Noise), .. Enumerable.Range(300, 60).Select(Noise)])));
        Assert.Empty(Ids(t => Values(t, [.. Enumerable.Range(0, 300).Select(i => i % 50)])));
        static int Noise(int i) => 500 + (int)(StableHash.Mix((ulong)i) % 1000);
    }

    [Fact]
    public void Filters_select_what_is_cited() => Tshark.SelectsEvidence(s_capture, s_outcome.Value.Findings);

    [Fact]
    public void The_reports_stay()
    {
        GoldenReport.Text("modbus", s_outcome.Value);
        GoldenReport.Markdown("modbus", s_outcome.Value);
        GoldenReport.Json("modbus", s_outcome.Value);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Any_number_of_workers_gives_the_same_bytes(int workers)
        => Assert.Equal(Analysis.Json(s_outcome.Value), Analysis.Json(Analysis.Of(s_capture, workers, s_module)));

    private static IpAddress Address(int last) => IpAddress.FromIPv4(0xC000_0200 + (uint)last);

    private static Table Table(string id) => Blocks(s_outcome.Value.Sections.Single(s => s.Module == "modbus").Blocks).OfType<Table>().Single(t => t.Id == id);

    private static IEnumerable<Block> Blocks(IEnumerable<Block> blocks) => blocks.SelectMany(b => b is DetailBlock detail ? Blocks(detail.Blocks) : [b]);

    private static IEnumerable<string> Ids(Action<TcpConversation> talk, string client = "192.0.2.5:49152", string server = "192.0.2.9:502")
        => Analysis.Of(Capture.New().Tcp(client, server, talk).ToPcap(), modules: s_module).Findings.Select(f => f.Type.Id);

    private static TcpConversation Reads(TcpConversation talk, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            talk.Says(M.Tcp(i + 100, 1, M.Read(3, 0, 1))).Replies(M.Tcp(i + 100, 1, M.Registers(3, i))).Waits(1000);
        }

        return talk;
    }

    private static void Values(TcpConversation talk, int[] values)
        => Each(talk, values.Length, (t, i) => t.Says(M.Tcp(i, 1, M.Read(3, 0, 1))).Replies(M.Tcp(i, 1, M.Registers(3, values[i]))).Waits(1000));

    private static void WriteOne(TcpConversation talk, int i) => talk.Says(M.Tcp(i, 1, M.Write(6, i, 1))).Replies(M.Tcp(i, 1, M.Write(6, i, 1)));

    private static void Each(TcpConversation talk, int count, Action<TcpConversation, int> step)
    {
        for (int i = 0; i < count; i++)
        {
            step(talk, i);
        }
    }

    private static void Survey(TcpConversation talk, bool refused)
    {
        for (byte unit = 1; unit <= 12; unit++)
        {
            talk.Says(M.Tcp(unit, unit, M.Read(3, 0, 1))).Replies(refused ? M.Tcp(unit, unit, 0x83, 11) : M.Tcp(unit, unit, M.Registers(3, unit)));
        }
    }
}
