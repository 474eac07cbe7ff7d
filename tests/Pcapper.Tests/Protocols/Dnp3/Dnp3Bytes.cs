using Pcapper.Modules.Protocols.Dnp3;

namespace Pcapper.Tests.Protocols.Dnp3;

/// <summary>DNP3 frames, made by the specification.</summary>
internal static class Dnp3Bytes
{
    private const byte FromMaster = 0x80;
    private const byte Primary = 0x40;
    private const byte UserData = 4;

    /// <summary>A fragment of a master to an outstation, in one frame or in several.</summary>
    public static byte[] Asks(int master, int station, byte[] fragment, int segment = 249) => Segments(FromMaster | Primary | UserData, station, master, fragment, segment);

    /// <summary>A fragment of an outstation to its master.</summary>
    public static byte[] Answers(int master, int station, byte[] fragment, int segment = 249) => Segments(Primary | UserData, master, station, fragment, segment);

    /// <summary>A frame without data.</summary>
    public static byte[] Link(byte control, int destination, int source) => Frame(control, destination, source, []);

    /// <summary>A request: control, function, objects.</summary>
    public static byte[] Request(int sequence, byte function, params byte[] objects) => [(byte)(0xC0 | sequence), function, .. objects];

    /// <summary>A response: control, function, internal indications, objects.</summary>
    public static byte[] Response(int sequence, int indications, params byte[] objects) => [(byte)(0xC0 | sequence), 129, (byte)indications, (byte)(indications >> 8), .. objects];

    /// <summary>An unsolicited response, to be confirmed.</summary>
    public static byte[] Report(int sequence, int indications, params byte[] objects) => [(byte)(0xF0 | sequence), 130, (byte)indications, (byte)(indications >> 8), .. objects];

    /// <summary>A control relay output block, with an index of one byte.</summary>
    public static byte[] Relay(byte index, byte code, byte status = 0) => [12, 1, 0x17, 1, index, code, 1, 100, 0, 0, 0, 100, 0, 0, 0, status];

    /// <summary>Analog inputs of 16 bits with flags, from index 0.</summary>
    public static byte[] Analogs(params short[] values)
        => [30, 2, 0, 0, (byte)(values.Length - 1), .. values.SelectMany(v => (byte[])[1, (byte)v, (byte)(v >> 8)])];

    private static byte[] Segments(byte control, int destination, int source, byte[] fragment, int segment)
    {
        List<byte> frames = [];
        byte[][] pieces = [.. fragment.Chunk(segment)];
        for (int i = 0; i < pieces.Length; i++)
        {
            byte transport = (byte)((i == 0 ? 0x40 : 0) | (i == pieces.Length - 1 ? 0x80 : 0) | (i & 0x3F));
            frames.AddRange(Frame(control, destination, source, [transport, .. pieces[i]]));
        }

        return [.. frames];
    }

    private static byte[] Frame(byte control, int destination, int source, byte[] data)
    {
        byte[] header = [5, 0x64, (byte)(5 + data.Length), control, (byte)destination, (byte)(destination >> 8), (byte)source, (byte)(source >> 8)];
        return [.. Sealed(header), .. data.Chunk(16).SelectMany(Sealed)];
    }

    private static byte[] Sealed(byte[] block)
    {
        ushort crc = Dnp3Crc.Of(block);
        return [.. block, (byte)crc, (byte)(crc >> 8)];
    }
}
