using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>A datagram of an I/O connection (CIP volume 2, 2-6.1): a sequenced address, and data.</summary>
internal readonly ref struct EnipIo
{
    private const int Sequenced = 0x8002;
    private const int Connected = 0x00B1;

    /// <summary>Gets the connection.</summary>
    public uint Connection { get; private init; }

    /// <summary>Gets the number of the datagram within it.</summary>
    public uint Sequence { get; private init; }

    /// <summary>Gets the data.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    /// <summary>Gets a value indicating whether the data are there, and nothing else.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Reads one; false means that it is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EnipIo io)
    {
        var reader = new WireReader(bytes);
        int items = reader.U16Little();
        int address = reader.U16Little();
        int length = reader.U16Little();
        uint connection = reader.U32Little();
        uint sequence = reader.U32Little();
        int kind = reader.U16Little();
        int size = reader.U16Little();
        if (reader.Overrun || items != 2 || address != Sequenced || length != 8 || kind != Connected)
        {
            io = default;
            return false;
        }

        io = new EnipIo { Connection = connection, Sequence = sequence, Data = reader.Rest[..Math.Min(size, reader.Remaining)], IsWhole = reader.Remaining == size };
        return true;
    }
}
