using Pcapper.Tests.Building;

namespace Pcapper.Tests.Protocols.Enip;

/// <summary>Messages of EtherNet/IP and CIP, little-endian.</summary>
internal static class EnipBytes
{
    private const uint Handle = 0x11;

    /// <summary>A message of the encapsulation.</summary>
    public static byte[] Message(ushort command, byte[] body, uint session = Handle, uint status = 0, byte context = 0)
        => [.. U16(command), .. U16(body.Length), .. U32(session), .. U32(status), context, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. body];

    /// <summary>Begins a session, or says that it has begun.</summary>
    public static byte[] Register(uint session = 0) => Message(0x65, [1, 0, 0, 0], session);

    /// <summary>Asks who is there.</summary>
    public static byte[] AskIdentity => Message(0x63, [], 0);

    /// <summary>Says it.</summary>
    public static byte[] Identity(string name)
    {
        byte[] item = [1, 0, 0, 2, 0xAF, 0x12, 192, 0, 2, 50, 0, 0, 0, 0, 0, 0, 0, 0, .. Object(name), 3];
        return Message(0x63, [1, 0, 0x0C, 0, .. U16(item.Length), .. item], 0);
    }

    /// <summary>All attributes of the identity object.</summary>
    public static byte[] Object(string name) => [1, 0, 0x0E, 0, 0x37, 0, 20, 11, 0x30, 0, 0x8E, 0x4D, 0x52, 0, (byte)name.Length, .. Hex.Text(name)];

    /// <summary>A message outside of connections.</summary>
    public static byte[] Loose(byte context, byte[] cip) => Message(0x6F, [0, 0, 0, 0, 5, 0, 2, 0, 0, 0, 0, 0, 0xB2, 0, .. U16(cip.Length), .. cip], context: context);

    /// <summary>A message of a connection.</summary>
    public static byte[] Connected(int sequence, byte[] cip)
        => Message(0x70, [0, 0, 0, 0, 0, 0, 2, 0, 0xA1, 0, 4, 0, 1, 2, 3, 4, 0xB1, 0, .. U16(cip.Length + 2), .. U16(sequence), .. cip]);

    /// <summary>A request.</summary>
    public static byte[] Request(byte service, byte[] path, params byte[] data) => [service, (byte)(path.Length / 2), .. path, .. data];

    /// <summary>An answer.</summary>
    public static byte[] Answer(byte service, byte status, params byte[] data) => [(byte)(service | 0x80), 0, status, 0, .. data];

    /// <summary>The path of a class, an instance, and perhaps an attribute.</summary>
    public static byte[] Path(byte number, byte instance, byte? attribute = null) => [0x20, number, 0x24, instance, .. attribute is { } a ? [0x30, a] : Array.Empty<byte>()];

    /// <summary>The path of a tag.</summary>
    public static byte[] Tag(string name) => [0x91, (byte)name.Length, .. Hex.Text(name), .. name.Length % 2 == 0 ? [] : new byte[1]];

    /// <summary>Several services at once, or their answers.</summary>
    public static byte[] Several(params byte[][] services)
    {
        var bytes = new List<byte>(U16(services.Length));
        int at = 2 + (services.Length * 2);
        foreach (byte[] service in services)
        {
            bytes.AddRange(U16(at));
            at += service.Length;
        }

        return [.. bytes, .. services.SelectMany(s => s)];
    }

    /// <summary>What sends a request on to a slot.</summary>
    public static byte[] SentOn(byte slot, byte[] request)
        => Request(0x52, Path(6, 1), [5, 0x9D, .. U16(request.Length), .. request, .. request.Length % 2 == 0 ? [] : new byte[1], 1, 0, 1, slot]);

    /// <summary>A datagram of an I/O connection.</summary>
    public static byte[] Io(uint connection, uint sequence, params byte[] data)
        => [2, 0, 2, 0x80, 8, 0, .. U32(connection), .. U32(sequence), 0xB1, 0, .. U16(data.Length), .. data];

    /// <summary>A number of 32 bits.</summary>
    public static byte[] U32(uint value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24)];

    /// <summary>A number of 16 bits.</summary>
    public static byte[] U16(int value) => [(byte)value, (byte)(value >> 8)];
}
