using System.Buffers.Text;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>What a literal inside of a FETCH response is (RFC 9051, 7.5.2).</summary>
/// <param name="Message">The message's sequence number.</param>
/// <param name="Origin">Where in the message it begins, for a partial fetch; or null.</param>
internal readonly record struct FetchItem(uint Message, long? Origin)
{
    /// <summary>Reads <c>* 12 FETCH (UID 7 BODY[]&lt;0&gt;</c>: only whole messages, or pieces of whole messages, count.</summary>
    public static bool TryRead(ReadOnlySpan<byte> before, uint message, out FetchItem item)
    {
        item = default;
        ReadOnlySpan<byte> text = before.TrimEnd((byte)' ');
        ReadOnlySpan<byte> name = text[(text.LastIndexOfAny(" ("u8) + 1)..];
        if (LineReader.Is(name, "RFC822"u8) || LineReader.Is(name, "BODY[]"u8) || LineReader.Is(name, "BINARY[]"u8))
        {
            item = new FetchItem(message, null);
            return true;
        }

        if (LineReader.Begins(name, "BODY[]<"u8) && Utf8Parser.TryParse(name[7..], out uint origin, out int used) && name[(7 + used)..] is [(byte)'>'])
        {
            item = new FetchItem(message, origin);
            return true;
        }

        return false;
    }
}
