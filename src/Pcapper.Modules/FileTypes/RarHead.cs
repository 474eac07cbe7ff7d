using System.Buffers.Binary;
using Pcapper.Packets;

namespace Pcapper.Modules.FileTypes;

/// <summary>The head of a RAR archive (RAR 5.0 archive format; RAR 4: technote.txt).</summary>
internal static class RarHead
{
    private const int FirstBlockType = 9;
    private const int FirstBlockFlags = 10;
    private const byte MainHeader = 0x73;

    /// <summary>Tells whether everything behind the head is encrypted, the names too. RAR 5: the block behind the signature has type 4; RAR 4: bit 0x80 of the main header.</summary>
    public static bool IsLocked(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("Rar!\x1A\x07\x01\x00"u8))
        {
            var reader = new WireReader(content);
            reader.Skip(12);
            while (reader.U8() >= 0x80)
            {
                // The header's size: seven bits a byte, the last without the high bit.
            }

            return reader.U8() == 4 && !reader.Overrun;
        }

        return HasMainHeader(content) && (BinaryPrimitives.ReadUInt16LittleEndian(content[FirstBlockFlags..]) & 0x80) != 0;
    }

    /// <summary>Tells whether it is RAR 4, and its main header is at hand.</summary>
    public static bool HasMainHeader(ReadOnlySpan<byte> content)
        => content.StartsWith("Rar!\x1A\x07\x00"u8) && content.Length > FirstBlockFlags + 2 && content[FirstBlockType] == MainHeader;
}
