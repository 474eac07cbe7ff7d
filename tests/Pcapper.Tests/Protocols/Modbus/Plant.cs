using Pcapper.Tests.Building;
using M = Pcapper.Tests.Protocols.Modbus.ModbusBytes;

namespace Pcapper.Tests.Protocols.Modbus;

/// <summary>
/// A small plant: an operator station polls a pump controller and writes its set-point now and then, as it always did; then an intruder asks what
/// devices there are, switches a pump on and off, searches registers, makes a device listen only and brings a program.
/// </summary>
internal static class Plant
{
    public const string Station = "192.0.2.10";
    public const string Pump = "192.0.2.50";
    public const string Valve = "192.0.2.51";
    public const string Intruder = "192.0.2.66";

    /// <summary>Ordinary traffic for three minutes.</summary>
    public static CaptureBuilder Ordinary() => Capture.New()
        .Tcp($"{Station}:50001", $"{Pump}:502", t => Poll(t, 180))
        .Tcp($"{Station}:50002", $"{Valve}:502", t => t
            .Says(M.Tcp(1, 255, 0x2B, 14, 1, 0)).Replies(M.Tcp(1, 255, [0x2B, 14, 1, 1, 0, 0, 2, 0, 4, .. Hex.Text("Acme"), 1, 2, .. Hex.Text("V3")]))
            .Says(M.Tcp(2, 255, M.Read(1, 0, 8))).Replies(M.Tcp(2, 255, 1, 1, 0x0F)));

    /// <summary>The same, and then the attack.</summary>
    public static CaptureBuilder Attacked() => Ordinary()
        .Tcp($"{Intruder}:40001", $"{Pump}:502", t => Attack(t))
        .Tcp($"{Intruder}:40002", $"{Valve}:502", t => t
            .Says(M.Tcp(1, 1, 8, 0, 4, 0, 0))
            .Says(M.Tcp(2, 1, 8, 0, 1, 0xFF, 0)).Replies(M.Tcp(2, 1, 8, 0, 1, 0xFF, 0))
            .Says(M.Tcp(3, 1, 0x5A, 1, 0x41, 0xFF)).Replies(M.Tcp(3, 1, 0x5A, 1, 0xFE))
            .Says(M.Tcp(4, 1, 0x5A, 1, 0x30, 0, 1)).Replies(M.Tcp(4, 1, 0x5A, 1, 0xFE))
            .Says(M.Tcp(5, 0, M.Write(6, 1, 9)))
            .Says(M.Tcp(6, 1, 0x15, 9, 6, 0, 4, 0, 7, 0, 1, 0, 9)).Replies(M.Tcp(6, 1, 0x15, 9, 6, 0, 4, 0, 7, 0, 1, 0, 9)));

    public static byte[] Build() => Attacked().ToPcapng();

    private static void Poll(TcpConversation talk, int seconds)
    {
        for (int i = 0; i < seconds; i++)
        {
            int transaction = i * 2;
            talk.Says(M.Tcp(transaction, 1, M.Read(3, 0, 3))).Replies(M.Tcp(transaction, 1, M.Registers(3, 500 + (i * 7 % 11), 1200, i)));
            if (i % 15 == 5)
            {
                talk.Says(M.Tcp(transaction + 1, 1, M.Write(6, 1, 1200))).Replies(M.Tcp(transaction + 1, 1, M.Write(6, 1, 1200)));
            }

            talk.Waits(990);
        }
    }

    private static void Attack(TcpConversation talk)
    {
        talk.Says(M.Tcp(1, 1, 0x11)).Replies(M.Tcp(1, 1, [0x11, 8, .. Hex.Text("PUMP-7"), 1, 0xFF]));
        for (int i = 0; i < 30; i++)
        {
            byte[] write = M.Tcp(10 + i, 1, M.Write(5, 2, i % 2 == 0 ? 0xFF00 : 0));
            talk.Says(write).Replies(write).Waits(500);
        }

        for (int i = 0; i < 20; i++)
        {
            talk.Says(M.Tcp(100 + i, 1, M.Read(3, 1000 + (i * 100), 10))).Replies(M.Tcp(100 + i, 1, 0x83, 2));
        }
    }
}
