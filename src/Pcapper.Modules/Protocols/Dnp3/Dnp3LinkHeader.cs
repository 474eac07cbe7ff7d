using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>The header of a link frame (IEEE 1815, 9.2).</summary>
/// <param name="Length">How many bytes of control, addresses and data there are, without checksums.</param>
/// <param name="Control">Direction, primary, frame count bits and function.</param>
/// <param name="Destination">To which link address.</param>
/// <param name="Source">From which.</param>
internal readonly record struct Dnp3LinkHeader(byte Length, byte Control, ushort Destination, ushort Source)
{
    /// <summary>Bytes of the header with its checksum.</summary>
    public const int Size = 10;

    /// <summary>What the length counts at least.</summary>
    public const int LeastLength = 5;

    private const int BlockSize = 16;
    private const int CrcSize = 2;

    /// <summary>Gets a value indicating whether a master sent it.</summary>
    public bool IsFromMaster => (Control & 0x80) != 0;

    /// <summary>Gets a value indicating whether it begins something, rather than answers on the link.</summary>
    public bool IsPrimary => (Control & 0x40) != 0;

    /// <summary>Gets the function.</summary>
    public int Function => Control & 0x0F;

    /// <summary>Gets a value indicating whether it carries user data.</summary>
    public bool HasData => IsPrimary && Function is 3 or 4 && Length > LeastLength;

    /// <summary>Gets a value indicating whether all stations are meant.</summary>
    public bool IsBroadcast => Destination >= 0xFFFD;

    /// <summary>Gets the length of the whole frame.</summary>
    public int Whole => Length - LeastLength is var data ? Size + data + ((data + BlockSize - 1) / BlockSize * CrcSize) : Size;

    /// <summary>Reads one; the sync bytes were seen.</summary>
    public static Dnp3LinkHeader Read(ReadOnlySpan<byte> frame)
    {
        var reader = new WireReader(frame);
        reader.Skip(2);
        return new Dnp3LinkHeader(reader.U8(), reader.U8(), reader.U16Little(), reader.U16Little());
    }

    /// <summary>Copies the data of a frame without the checksums; false if one of them is wrong.</summary>
    /// <param name="frame">The whole frame.</param>
    /// <param name="data">Takes them.</param>
    public static bool TryData(ReadOnlySpan<byte> frame, List<byte> data)
    {
        for (ReadOnlySpan<byte> rest = frame[Size..]; !rest.IsEmpty;)
        {
            int block = Math.Min(rest.Length, BlockSize + CrcSize);
            if (!Dnp3Crc.Holds(rest[..block]))
            {
                return false;
            }

            data.AddRange(rest[..(block - CrcSize)]);
            rest = rest[block..];
        }

        return true;
    }
}
