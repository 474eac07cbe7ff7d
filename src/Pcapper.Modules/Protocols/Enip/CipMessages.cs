using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Takes requests and answers out of what carries several, or sends one on (CIP volume 1, appendix, 3-5.5.4).</summary>
internal static class CipMessages
{
    /// <summary>More services than this in one message are not looked at; some 500 bytes, which a message has, hold less than half as many.</summary>
    public const int MostServices = 128;

    // Sent on, then several, then sent on once more.
    private const int Deepest = 3;

    /// <summary>Takes one request.</summary>
    public delegate void Taker(in CipRequest request);

    /// <summary>Reads a request with all that it carries.</summary>
    /// <param name="bytes">The request.</param>
    /// <param name="take">Takes each.</param>
    /// <param name="isMultiple">Whether it carries several.</param>
    /// <returns>The rule that it breaks, or null.</returns>
    public static string? Requests(ReadOnlySpan<byte> bytes, Taker take, out bool isMultiple)
    {
        int left = MostServices;
        isMultiple = false;
        return Request(bytes, 0, 0, take, ref left, ref isMultiple);
    }

    /// <summary>Splits what several services have: a count, then where each begins.</summary>
    /// <param name="data">The data of the service.</param>
    /// <param name="index">Which one.</param>
    /// <param name="part">The service; empty if it lies beyond the data.</param>
    /// <returns>Whether there are that many.</returns>
    public static bool TryPart(ReadOnlySpan<byte> data, int index, out ReadOnlySpan<byte> part)
    {
        part = default;
        var reader = new WireReader(data);
        int count = reader.U16Little();
        if (index >= count || index >= MostServices)
        {
            return false;
        }

        reader.Skip(index * 2);
        int start = reader.U16Little();
        int end = index + 1 < count ? reader.U16Little() : data.Length;
        if (!reader.Overrun && start >= 2 && end > start && end <= data.Length)
        {
            part = data[start..end];
        }

        return true;
    }

    private static string? Request(ReadOnlySpan<byte> bytes, int slot, int depth, Taker take, ref int left, ref bool isMultiple)
    {
        var reader = new WireReader(bytes);
        byte service = reader.U8();
        ReadOnlySpan<byte> route = reader.Take(reader.U8() * 2);
        if (reader.Overrun)
        {
            return "path beyond the message";
        }

        if (left-- <= 0)
        {
            return "too many services";
        }

        CipPath path = CipPath.Read(route);
        ReadOnlySpan<byte> data = reader.Rest;
        if (depth < Deepest && service == CipCalls.ReadTagPart && path.Class == CipCalls.ConnectionManager)
        {
            return SentOn(data, depth, take, ref left, ref isMultiple);
        }

        if (depth < Deepest && service == CipCalls.Multiple && path.Class == CipCalls.Router && !isMultiple)
        {
            isMultiple = true;
            string? broken = null;
            for (int i = 0; TryPart(data, i, out ReadOnlySpan<byte> part); i++)
            {
                broken = part.IsEmpty ? "service beyond the message" : Request(part, slot, depth + 1, take, ref left, ref isMultiple) ?? broken;
            }

            return broken;
        }

        take(CipRequest.Read(service, path, slot, data));
        return path.IsBroken ? "path with unknown segments" : null;
    }

    // Time, then length and message, then the way to go.
    private static string? SentOn(ReadOnlySpan<byte> data, int depth, Taker take, ref int left, ref bool isMultiple)
    {
        var reader = new WireReader(data);
        reader.Skip(2);
        ReadOnlySpan<byte> message = reader.Take(reader.U16Little());
        reader.Skip(message.Length % 2);
        int words = reader.U8();
        reader.Skip(1);
        ReadOnlySpan<byte> way = reader.Take(words * 2);
        return reader.Overrun ? "message beyond what sends it on" : Request(message, CipPath.Read(way).Link ?? 0, depth + 1, take, ref left, ref isMultiple);
    }
}
