using System.Text;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc.Lists;

/// <summary>Reads lists of indicators: text, CSV, STIX 2.1 bundles, MISP events. Tells them apart by content.</summary>
public static class IocListReader
{
    /// <summary>Reads a list; hostile bytes give a <see cref="IocList.Problem"/>.</summary>
    /// <param name="name">What to call the list.</param>
    /// <param name="bytes">The list, at most <see cref="Limits.IocList"/> bytes.</param>
    /// <param name="room">How many entries there may be.</param>
    public static IocList Read(string name, ReadOnlyMemory<byte> bytes, int room = Limits.IocEntries)
    {
        var builder = new IocListBuilder(name, room);
        ReadOnlyMemory<byte> content = bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes;
        string? problem = content.Length > Limits.IocList ? "it is too large"
            : content.Span.Contains((byte)0) ? "it is no text"
            : content.Span.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] && !StartsDefanged(content.Span) ? JsonLists.Read(content, builder)
            : TextLists.Read(Encoding.UTF8.GetString(content.Span), builder);
        problem ??= builder.Patterns.Count > 0 || (builder.Skipped == 0 && content.Span.Trim(" \t\r\n"u8).IsEmpty) ? null
            : builder.IsFull ? "lists have too many entries" : "no indicators in it that could be looked for";
        return new IocList(builder.Patterns, builder.Skipped, builder.IsFull && builder.Patterns.Count > 0 && problem is null ? "lists have too many entries" : problem);
    }

    // [2001:db8::1] and [.]example: a bracket that no JSON begins with.
    private static bool StartsDefanged(ReadOnlySpan<byte> content)
    {
        ReadOnlySpan<byte> start = content.TrimStart(" \t\r\n"u8);
        return start.Length > 1 && start[0] == '[' && (char.IsAsciiHexDigit((char)start[1]) && start[..Math.Min(start.Length, 60)].IndexOf((byte)']') > 0 || start[1] is (byte)'.' or (byte)':');
    }
}
