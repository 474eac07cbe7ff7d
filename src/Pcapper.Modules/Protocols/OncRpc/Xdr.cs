using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>Reads the composed types of XDR (RFC 4506).</summary>
internal static class Xdr
{
    private const int Unit = 4;

    /// <summary>Reads bytes with their length in front and padding behind (RFC 4506, 4.10); too long a one makes the reader overrun.</summary>
    public static ReadOnlySpan<byte> Opaque(this ref WireReader reader, int most)
    {
        uint length = reader.U32();
        if (length > (uint)most)
        {
            reader.Skip(int.MaxValue);
            return default;
        }

        ReadOnlySpan<byte> bytes = reader.Take((int)length);
        reader.Skip((Unit - ((int)length % Unit)) % Unit);
        return bytes;
    }

    /// <summary>Reads a text (RFC 4506, 4.11), raw.</summary>
    public static string Text(this ref WireReader reader, int most = Limits.Text) => WireText.Decode(reader.Opaque(most));

    /// <summary>Steps over words with their number in front, such as an NFSv4 attribute mask (RFC 7530, 2.1).</summary>
    public static void SkipWords(this ref WireReader reader, int most)
    {
        uint count = reader.U32();
        reader.Skip(count > (uint)most ? int.MaxValue : (int)count * Unit);
    }
}
