using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>One command of a message: its words and bytes (MS-CIFS, 2.2.3.2 and 2.2.3.3), and which one follows.</summary>
internal readonly ref struct Smb1Block
{
    private const int LongestText = Limits.Text * 2;

    /// <summary>Gets the whole message, to which offsets refer.</summary>
    public ReadOnlySpan<byte> Message { get; private init; }

    /// <summary>Gets the command.</summary>
    public Smb1Command Command { get; private init; }

    /// <summary>Gets the words, of which there are none in a refusal.</summary>
    public ReadOnlySpan<byte> Words { get; private init; }

    /// <summary>Gets the bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; private init; }

    /// <summary>Gets where the bytes begin in the message.</summary>
    public int BytesOffset { get; private init; }

    /// <summary>Gets the number of words.</summary>
    public int WordCount => Words.Length / 2;

    /// <summary>Gets the command that follows in the chain.</summary>
    public Smb1Command NextCommand => IsChained && Words.Length >= 4 ? (Smb1Command)Words[0] : Smb1Command.None;

    /// <summary>Gets where it stands.</summary>
    public int NextOffset => Words.Length >= 4 ? Words[2] | (Words[3] << 8) : 0;

    private bool IsChained => Command is Smb1Command.LockingAndX or Smb1Command.OpenAndX or Smb1Command.ReadAndX or Smb1Command.WriteAndX or Smb1Command.SessionSetupAndX
        or Smb1Command.LogoffAndX or Smb1Command.TreeConnectAndX or Smb1Command.NtCreateAndX;

    /// <summary>Reads the block of a command; false if it is not there. Bytes beyond the end are cut.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, int offset, Smb1Command command, out Smb1Block block)
    {
        var reader = new WireReader(message);
        reader.Skip(offset);
        ReadOnlySpan<byte> words = reader.Take(reader.U8() * 2);
        ushort count = reader.U16Little();
        int start = reader.Position;
        block = new Smb1Block { Message = message, Command = command, Words = words, Bytes = reader.Take(Math.Min((int)count, reader.Remaining)), BytesOffset = start };
        return !reader.Overrun;
    }

    /// <summary>Gets a part of the message by its offset; what reaches beyond the end is cut.</summary>
    public ReadOnlySpan<byte> Part(int offset, long length)
        => (uint)offset < (uint)Message.Length ? Message.Slice(offset, (int)Math.Clamp(length, 0, Message.Length - offset)) : default;

    /// <summary>Reads a text among the bytes that ends in a zero; UTF-16 begins at an even place of the message.</summary>
    /// <param name="at">Where it begins among the bytes; then where the next thing does.</param>
    /// <param name="isUnicode">Whether it is UTF-16.</param>
    public string Text(ref int at, bool isUnicode)
    {
        if (isUnicode && ((BytesOffset + at) & 1) != 0)
        {
            at++;
        }

        ReadOnlySpan<byte> rest = at < Bytes.Length ? Bytes[at..] : default;
        rest = rest[..Math.Min(rest.Length, LongestText)];
        if (isUnicode)
        {
            ReadOnlySpan<byte> text = Utf16Text.UntilZero(rest);
            at += text.Length + 2;
            return Utf16Text.Decode(text);
        }

        int end = rest.IndexOf((byte)0);
        ReadOnlySpan<byte> plain = end < 0 ? rest : rest[..end];
        at += plain.Length + 1;
        return WireText.Decode(plain);
    }
}
