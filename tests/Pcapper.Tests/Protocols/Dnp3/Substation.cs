using Pcapper.Tests.Building;
using D = Pcapper.Tests.Protocols.Dnp3.Dnp3Bytes;

namespace Pcapper.Tests.Protocols.Dnp3;

/// <summary>
/// A substation: a master connects as masters do (reports off, integrity poll, clock, reports on), polls, and an operator opens a breaker now and then;
/// then an intruder from another host trips breakers, silences and restarts the outstation, and copies a file.
/// </summary>
internal static class Substation
{
    public const string Master = "192.0.2.20";
    public const string Outstation = "192.0.2.70";
    public const string Intruder = "192.0.2.66";

    private const int MasterStation = 100;
    private const int Station = 5;

    /// <summary>Ordinary traffic for three minutes.</summary>
    public static CaptureBuilder Ordinary() => Capture.New().Tcp($"{Master}:50001", $"{Outstation}:20000", t =>
    {
        Ask(t, 0, 0x0090, D.Request(0, 21, 60, 2, 6, 60, 3, 6, 60, 4, 6));
        Ask(t, 1, 0x0090, D.Request(1, 1, 60, 2, 6, 60, 3, 6, 60, 4, 6, 60, 1, 6), [.. Breakers(), .. D.Analogs(130, 131, 129)]);
        Ask(t, 2, 0x0080, D.Request(2, 2, 50, 1, 7, 1, 0, 0x40, 0x5E, 0xC0, 0x9B, 1));
        Ask(t, 3, 0x0000, D.Request(3, 2, 80, 1, 0, 7, 7, 0));
        Ask(t, 4, 0x0000, D.Request(4, 20, 60, 2, 6, 60, 3, 6, 60, 4, 6));
        for (int i = 0; i < 180; i++)
        {
            int sequence = (i + 5) & 15;
            if (i % 20 == 7)
            {
                byte[] relay = D.Relay(2, i % 40 == 7 ? (byte)0x81 : (byte)0x41);
                Ask(t, sequence, 0, D.Request(sequence, 3, relay), relay);
                Ask(t, sequence + 1, 0, D.Request((sequence + 1) & 15, 4, relay), relay);
            }
            else
            {
                Ask(t, sequence, 0, D.Request(sequence, 1, 30, 2, 6), D.Analogs((short)(130 + (i % 7)), (short)(131 - (i % 5)), 129));
            }

            if (i % 60 == 30)
            {
                t.Replies(D.Answers(MasterStation, Station, D.Report(i / 60, 0, 2, 1, 0x28, 1, 0, 2, 0, 0x81))).Says(D.Asks(MasterStation, Station, D.Request(i / 60, 0)));
            }

            t.Waits(990);
        }
    });

    /// <summary>The same, and then the attack.</summary>
    public static CaptureBuilder Attacked() => Ordinary().Tcp($"{Intruder}:40001", $"{Outstation}:20000", t =>
    {
        for (int i = 0; i < 24; i++)
        {
            byte[] relay = D.Relay(2, i % 2 == 0 ? (byte)0x81 : (byte)0x41);
            Ask(t, i & 15, 0, D.Request(i & 15, 5, relay), relay);
        }

        byte[] file = [26, 0, 8, 0, .. new byte[16], 2, 0, 0, 4, 1, 0, .. Hex.Text("fw/a.bin")];
        Ask(t, 1, 0, D.Request(1, 25, [70, 3, 0x5B, 1, (byte)file.Length, 0, .. file]));
        Ask(t, 2, 0, D.Request(2, 31));
        Ask(t, 3, 0, D.Request(3, 21, 60, 2, 6));
        t.Waits(70_000);
        Ask(t, 4, 0, D.Request(4, 18));
        Ask(t, 5, 0, D.Request(5, 13), [52, 1, 7, 1, 10, 0]);
        t.Says(D.Asks(1, 0xFFFF, D.Request(6, 6, D.Relay(0, 0x81))));
    });

    public static byte[] Build() => Attacked().ToPcapng();

    private static void Ask(TcpConversation talk, int sequence, int indications, byte[] request, byte[]? objects = null)
        => talk.Says(D.Asks(MasterStation, Station, request)).Replies(D.Answers(MasterStation, Station, D.Response(sequence & 15, indications, objects ?? [])));

    private static byte[] Breakers() => [1, 2, 0, 0, 3, 0x81, 1, 0x81, 1];
}
