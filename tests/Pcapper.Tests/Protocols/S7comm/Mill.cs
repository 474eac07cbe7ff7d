using Pcapper.Tests.Building;
using S = Pcapper.Tests.Protocols.S7comm.S7Bytes;

namespace Pcapper.Tests.Protocols.S7comm;

/// <summary>
/// A rolling mill: an operator station reads a data block and sets a speed now and then, as it always did; then an intruder looks for slots and blocks,
/// tries passwords, changes a set-point, replaces a block and stops the controller.
/// </summary>
internal static class Mill
{
    public const string Station = "192.0.2.10";
    public const string Controller = "192.0.2.50";
    public const string Intruder = "192.0.2.66";

    private static readonly string[] s_passwords = ["", "12345678", "siemens", "basisk", "admin", "s7-300"];

    /// <summary>Ordinary traffic for three minutes.</summary>
    public static CaptureBuilder Ordinary() => Capture.New()
        .Tcp($"{Station}:50001", $"{Controller}:102", t => Poll(Open(t), 180))
        .Tcp("192.0.2.11:50002", "192.0.2.51:102", t => Open(t)
            .Says(S.ReadList(2, 0x11)).Replies(S.List(2, 0x11, 0, S.Module(1, "6ES7 315-2EH14-0AB0"), S.Module(7, "", 3, 2, 6)))
            .Says(S.ReadList(3, 0x1C)).Replies(S.List(3, 0x1C, 0, S.Component(1, "MILL"), S.Component(7, "CPU 315-2 PN/DP")))
            .Says(S.ReadList(4, 0x0C91)).Replies(S.UserData(4, 0x84, 1, [0x0A, 0, 0, 0], 0xD401)));

    /// <summary>The same, and then the attack.</summary>
    public static CaptureBuilder Attacked() => Ordinary()
        .Tcp($"{Intruder}:40001", $"{Controller}:102", t => Attack(Open(t)));

    public static byte[] Build() => Attacked().ToPcapng();

    /// <summary>A connection, and the set up of communication.</summary>
    public static TcpConversation Open(TcpConversation talk, byte slot = 2)
        => talk.Says(S.Connect(slot)).Replies(S.Confirm(slot)).Says(S.Job(1, S.SetUp)).Replies(S.Answer(1, S.SetUp, []));

    private static void Poll(TcpConversation talk, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            int reference = 2 + (i * 2);
            talk.Says(S.Job(reference, S.Variable(4, 0x84, 1, 4, 3, 80))).Replies(S.Answer(reference, [4, 1], S.Words(500 + (i * 7 % 11), 1200, i)));
            if (i % 15 == 5)
            {
                talk.Says(S.Job(reference + 1, S.Variable(5, 0x84, 1, 4, 1, 96), [0, 4, 0, 16, 4, 0xB0])).Replies(S.Answer(reference + 1, [5, 1], [0xFF]));
            }

            talk.Waits(990);
        }
    }

    private static void Attack(TcpConversation talk)
    {
        int reference = 10;
        foreach (string password in s_passwords)
        {
            talk.Says(S.Password(++reference, password)).Replies(S.UserData(reference, 0x85, 1, [0x0A, 0, 0, 0], 0xD602));
        }

        for (int i = 0; i < 12; i++)
        {
            talk.Says(S.Job(++reference, S.Variable(4, 0x84, 100 + i, 2, 1, 0))).Replies(S.Answer(reference, [4, 1], [0x0A, 0, 0, 0]));
        }

        talk.Says(S.Job(++reference, S.Block(0x1D, "_0800001P"))).Replies(S.Answer(reference, [0x1D, 0, 0, 0, 0, 0, 0, 7], []))
            .Says(S.Job(++reference, S.Variable(5, 0x84, 1, 4, 1, 96), [0, 4, 0, 16, 0x27, 0x10])).Replies(S.Answer(reference, [5, 1], [0xFF]))
            .Says(S.Job(++reference, S.Block(0x1A, "_0800001P"))).Replies(S.Answer(reference, [0x1A], []))
            .Replies(S.Job(0x900, [0x1B, 0, 0, 0, 0, 0, 0, 0])).Says(S.Answer(0x900, [0x1B, 0], [0, 2, 0, 0xFB, 1, 2]))
            .Says(S.Job(++reference, S.Control("_INSE", [1, 0, .. Hex.Text("0800001P")]))).Replies(S.Answer(reference, [0x28], []))
            .Says(S.Job(++reference, S.Stop)).Replies(S.Answer(reference, [0x29], []));
    }
}
