using Pcapper.Tests.Building;
using E = Pcapper.Tests.Protocols.Enip.EnipBytes;

namespace Pcapper.Tests.Protocols.Enip;

/// <summary>
/// A bottling line: an operator station reads tags and sets a speed now and then, as it always did, and I/O goes on beside; then an intruder asks who is
/// there, searches objects, changes the speed, stops the controller, resets it and changes its network address.
/// </summary>
internal static class Bottling
{
    public const string Station = "192.0.2.10";
    public const string Controller = "192.0.2.50";
    public const string Intruder = "192.0.2.66";

    /// <summary>Ordinary traffic for three minutes.</summary>
    public static CaptureBuilder Ordinary() => Capture.New()
        .Tcp($"{Station}:50001", $"{Controller}:44818", t => Poll(Open(t), 180))
        .Udp($"{Station}:2222", $"{Controller}:2222", t => t.Says(E.Io(7, 1, 1, 0, 0, 0)).Replies(E.Io(8, 1, 9, 9)).Says(E.Io(7, 2, 1, 0, 0, 0)))
        .Tcp("192.0.2.11:50002", "192.0.2.51:44818", t => Open(t)
            .Says(E.Loose(1, E.SentOn(3, E.Request(1, E.Path(1, 1))))).Replies(E.Loose(1, E.Answer(1, 0, E.Object("1756-L61/B"))))
            .Says(E.Loose(2, E.Request(0x0E, E.Path(4, 100, 3)))).Replies(E.Loose(2, E.Answer(0x0E, 0, 5, 0))));

    /// <summary>The same, and then the attack.</summary>
    public static CaptureBuilder Attacked() => Ordinary()
        .Tcp($"{Intruder}:40001", $"{Controller}:44818", t => Attack(Open(t.Says(E.AskIdentity).Replies(E.Identity("1756-ENBT/A")))));

    public static byte[] Build() => Attacked().ToPcapng();

    /// <summary>A session.</summary>
    public static TcpConversation Open(TcpConversation talk) => talk.Says(E.Register()).Replies(E.Register(0x11));

    private static void Poll(TcpConversation talk, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            byte[] reads = E.Request(0x0A, E.Path(2, 1), E.Several(E.Request(0x4C, E.Tag("Line.Level"), 1, 0), E.Request(0x4C, E.Tag("Running"), 1, 0)));
            byte[] values = E.Answer(0x0A, 0, E.Several(E.Answer(0x4C, 0, [0xCA, 0, .. BitConverter.GetBytes(1.5f + (i % 7 / 4f))]), E.Answer(0x4C, 0, 0xC1, 0, 1)));
            talk.Says(E.Connected(i * 2, reads)).Replies(E.Connected(i * 2, values));
            if (i % 15 == 5)
            {
                talk.Says(E.Connected((i * 2) + 1, E.Request(0x4D, E.Tag("Speed"), [0xC4, 0, 1, 0, .. E.U32(1200)]))).Replies(E.Connected((i * 2) + 1, E.Answer(0x4D, 0)));
            }

            talk.Waits(990);
        }
    }

    private static void Attack(TcpConversation talk)
    {
        byte context = 0;
        for (byte i = 0; i < 12; i++)
        {
            talk.Says(E.Loose(++context, E.Request(0x0E, E.Path((byte)(0x70 + i), 1, 1)))).Replies(E.Loose(context, E.Answer(0x0E, 5)));
        }

        talk.Says(E.Loose(++context, E.Request(0x4D, E.Tag("Speed"), [0xC4, 0, 1, 0, .. E.U32(9000)]))).Replies(E.Loose(context, E.Answer(0x4D, 0)))
            .Says(E.Loose(++context, E.Request(0x10, E.Path(0xF5, 1, 5), 1, 2, 3, 4))).Replies(E.Loose(context, E.Answer(0x10, 0x0F)))
            .Says(E.Loose(++context, E.SentOn(0, E.Request(7, E.Path(0x8E, 1))))).Replies(E.Loose(context, E.Answer(7, 0)))
            .Says(E.Loose(++context, E.Request(5, E.Path(1, 1), 0))).Replies(E.Loose(context, E.Answer(5, 0)));
    }
}
