using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Reads the data of variables: those that a request writes, or those that an answer brings.</summary>
internal sealed class S7Values
{
    /// <summary>What says that an item was read or written.</summary>
    public const byte Success = 0xFF;

    // More than both sides can agree on fits into no message.
    private const int MostValues = 4096;
    private const int AddressBits = 24;
    private const int CountBits = 8;

    private readonly List<IcsValue> _read = [];

    /// <summary>Names a request, so that the same one is known again.</summary>
    public static IcsPollKey Poll(long slot, long call, S7Item[] items, ReadOnlySpan<byte> parameter)
        => new(slot, call, ((long)items[0].Table << AddressBits) | (uint)items[0].Address, ((long)(StableHash.Of(parameter) >> 16) << CountBits) | (uint)items.Length);

    /// <summary>Gets the table of the first item of a request.</summary>
    public static int Table(IcsPollKey poll) => (int)(poll.Address >> AddressBits);

    /// <summary>Gets the address of the first item of a request.</summary>
    public static long Address(IcsPollKey poll) => poll.Address & ((1 << AddressBits) - 1);

    /// <summary>Gets how many items a request has.</summary>
    public static int Items(IcsPollKey poll) => (int)(poll.Quantity & ((1 << CountBits) - 1));

    /// <summary>Gets why none of the items was read or written, or 0 if one was.</summary>
    public static int Refusal(S7Item[] items, ReadOnlySpan<byte> data, bool isRead)
    {
        int refusal = 0;
        var reader = new WireReader(data);
        for (int i = 0; i < items.Length && reader.Remaining > 0 && !reader.Overrun; i++)
        {
            byte code = reader.U8();
            if (code == Success)
            {
                return 0;
            }

            refusal = refusal == 0 ? code : refusal;
            if (isRead)
            {
                TakeData(ref reader, isLast: i + 1 == items.Length);
            }
        }

        return refusal;
    }

    /// <summary>Reads the values of items.</summary>
    /// <param name="flow">What is known of the flow.</param>
    /// <param name="slot">The slot addressed.</param>
    /// <param name="items">What was asked for, or is written.</param>
    /// <param name="data">The data.</param>
    /// <param name="isWrite">Whether they are written.</param>
    /// <param name="time">When.</param>
    /// <param name="oddities">Takes jumps.</param>
    public IcsValue[] Read(IcsFlow flow, long slot, S7Item[] items, ReadOnlySpan<byte> data, bool isWrite, Timestamp time, ref List<IcsOddity>? oddities)
    {
        _read.Clear();
        var reader = new WireReader(data);
        for (int i = 0; i < items.Length && reader.Remaining > 0; i++)
        {
            byte code = reader.U8();
            ReadOnlySpan<byte> bytes = TakeData(ref reader, isLast: i + 1 == items.Length);
            if (reader.Overrun)
            {
                break;
            }

            S7Item item = items[i];
            if (item.Area == 0 || item.Size == 0 || (!isWrite && code != Success))
            {
                continue;
            }

            int count = Math.Min(Math.Min(item.Count, bytes.Length / item.Size), MostValues - _read.Count);
            for (int at = 0; at < count; at++)
            {
                _read.Add(flow.Points.Note(
                    slot, item.Table, item.AddressOf(at), item.Value(bytes[(at * item.Size)..]), isWrite, time, !isWrite && item.IsNumber, ref oddities));
            }
        }

        return [.. _read];
    }

    // The length counts bits in sizes 3 to 5, bytes in the others; all but the last are filled up to an even length.
    private static ReadOnlySpan<byte> TakeData(ref WireReader reader, bool isLast)
    {
        byte size = reader.U8();
        int length = reader.U16();
        ReadOnlySpan<byte> bytes = reader.Take(size is 3 or 4 or 5 ? (length + 7) / 8 : length);
        if (bytes.Length % 2 != 0 && !isLast)
        {
            reader.Skip(Math.Min(1, reader.Remaining));
        }

        return bytes;
    }
}
