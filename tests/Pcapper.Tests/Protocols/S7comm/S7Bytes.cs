using Pcapper.Tests.Building;

namespace Pcapper.Tests.Protocols.S7comm;

/// <summary>S7comm messages in their units of ISO transport.</summary>
internal static class S7Bytes
{
    /// <summary>A request for a connection to rack 0 and a slot.</summary>
    public static byte[] Connect(byte slot = 2) => Tpkt([0x11, 0xE0, 0, 0, 0, 1, 0, 0xC0, 1, 0x0A, 0xC1, 2, 1, 0, 0xC2, 2, 1, slot]);

    /// <summary>Its confirm.</summary>
    public static byte[] Confirm(byte slot = 2) => Tpkt([0x11, 0xD0, 0, 1, 0, 2, 0, 0xC0, 1, 0x0A, 0xC1, 2, 1, 0, 0xC2, 2, 1, slot]);

    /// <summary>Its refusal.</summary>
    public static byte[] Refuse() => Tpkt([6, 0x80, 0, 1, 0, 2, 1]);

    /// <summary>A part of a message, or all of it.</summary>
    public static byte[] Unit(byte[] data, bool isLast = true) => Tpkt([2, 0xF0, (byte)(isLast ? 0x80 : 0), .. data]);

    /// <summary>A job.</summary>
    public static byte[] Job(int reference, byte[] parameter, params byte[] data) => Unit(Header(1, reference, parameter, data));

    /// <summary>An answer with data.</summary>
    public static byte[] Answer(int reference, byte[] parameter, byte[] data, int error = 0) => Unit(Header(3, reference, parameter, data, error));

    /// <summary>User data.</summary>
    public static byte[] UserData(int reference, byte function, byte sub, byte[] data, int? error = null)
        => Unit(Header(7, reference, [0, 1, 0x12, (byte)(error is null ? 4 : 8), (byte)(error is null ? 0x11 : 0x12), function, sub, 1, .. error is { } code ? [0, 0, .. U16(code)] : Array.Empty<byte>()], data));

    /// <summary>The set up of communication, and its answer.</summary>
    public static byte[] SetUp => [0xF0, 0, 0, 1, 0, 1, 1, 0xE0];

    /// <summary>The parameters of a read or write of one item.</summary>
    public static byte[] Variable(byte function, byte area, int block, byte type, int count, int bit)
        => [function, 1, 0x12, 0x0A, 0x10, type, .. U16(count), .. U16(block), area, (byte)(bit >> 16), .. U16(bit & 0xFFFF)];

    /// <summary>Data of words.</summary>
    public static byte[] Words(params int[] values) => [0xFF, 4, .. U16(values.Length * 16), .. values.SelectMany(U16)];

    /// <summary>Reads a system status list.</summary>
    public static byte[] ReadList(int reference, int list, int index = 0) => UserData(reference, 0x44, 1, [0xFF, 9, 0, 4, .. U16(list), .. U16(index)]);

    /// <summary>Its answer.</summary>
    public static byte[] List(int reference, int list, int index, params byte[][] records)
    {
        byte[] content = [.. U16(list), .. U16(index), .. U16(records.Length == 0 ? 0 : records[0].Length), .. U16(records.Length), .. records.SelectMany(r => r)];
        return UserData(reference, 0x84, 1, [0xFF, 9, .. U16(content.Length), .. content], 0);
    }

    /// <summary>A record of a list of modules.</summary>
    public static byte[] Module(int number, string order, params byte[] version) => [.. U16(number), .. Hex.Text(order.PadRight(20)), 0, 0, .. version.Length == 3 ? [0x56, .. version] : new byte[4]];

    /// <summary>A record of a list of components.</summary>
    public static byte[] Component(int number, string text) => [.. U16(number), .. Hex.Text(text.PadRight(32, '\0'))];

    /// <summary>The parameters of a call of a service.</summary>
    public static byte[] Control(string service, params byte[] argument) => [0x28, 0, 0, 0, 0, 0, 0, 0xFD, .. U16(argument.Length), .. argument, (byte)service.Length, .. Hex.Text(service)];

    /// <summary>The parameters of the stop.</summary>
    public static byte[] Stop => [0x29, 0, 0, 0, 0, 0, 9, .. Hex.Text("P_PROGRAM")];

    /// <summary>The parameters that name a block.</summary>
    public static byte[] Block(byte function, string name) => [function, 0, 0, 0, 0, 0, 0, 0, (byte)name.Length, .. Hex.Text(name)];

    /// <summary>A password, as it is sent.</summary>
    public static byte[] Password(int reference, string password)
    {
        byte[] bytes = Hex.Text(password.PadRight(8));
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= (byte)(0x55 ^ (i < 2 ? 0 : bytes[i - 2]));
        }

        return UserData(reference, 0x45, 1, [0xFF, 9, 0, 8, .. bytes]);
    }

    private static byte[] Header(byte kind, int reference, byte[] parameter, byte[] data, int error = 0)
        => [0x32, kind, 0, 0, .. U16(reference), .. U16(parameter.Length), .. U16(data.Length), .. kind is 2 or 3 ? U16(error) : [], .. parameter, .. data];

    private static byte[] Tpkt(byte[] unit) => [3, 0, .. U16(unit.Length + 4), .. unit];

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];
}
