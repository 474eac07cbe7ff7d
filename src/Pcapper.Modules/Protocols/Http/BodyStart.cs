using System.IO.Compression;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Undoes content encodings (RFC 9110, 8.4) on the first bytes of a body.</summary>
internal static class BodyStart
{
    private const int MaxOut = 8 * 1024;

    /// <summary>Gives the first bytes decoded, as far as they reach; the raw bytes if an encoding is unknown or broken.</summary>
    public static ReadOnlyMemory<byte> Decode(ReadOnlySpan<byte> raw, string? encodings)
    {
        byte[] bytes = raw.ToArray();
        if (string.IsNullOrWhiteSpace(encodings))
        {
            return bytes;
        }

        string[] layers = encodings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (int i = layers.Length - 1, done = 0; i >= 0 && done < Limits.ContentEncodings; i--, done++)
        {
            byte[]? decoded = Undo(layers[i].ToLowerInvariant(), bytes);
            if (decoded is null)
            {
                return bytes;
            }

            bytes = decoded;
        }

        return bytes;
    }

    private static byte[]? Undo(string encoding, byte[] bytes)
    {
        // Each decoder closes what it reads from.
        MemoryStream Source() => new(bytes, writable: false);
        switch (encoding)
        {
            case "gzip" or "x-gzip":
                return ReadSome(new GZipStream(Source(), CompressionMode.Decompress));
            case "deflate":
                // RFC 9110 means zlib; some servers send raw deflate.
                byte[]? zlib = ReadSome(new ZLibStream(Source(), CompressionMode.Decompress));
                return zlib is { Length: > 0 } ? zlib : ReadSome(new DeflateStream(Source(), CompressionMode.Decompress));
            case "br":
                return ReadSome(new BrotliStream(Source(), CompressionMode.Decompress));
            case "zstd":
                return ReadSome(new ZstdSharp.DecompressionStream(Source()));
            case "identity":
                return bytes;
            default:
                return null;
        }
    }

    private static byte[]? ReadSome(Stream decoder)
    {
        var output = new byte[MaxOut];
        int length = 0;
        using (decoder)
        {
            try
            {
                int read;
                while (length < output.Length && (read = decoder.Read(output, length, output.Length - length)) > 0)
                {
                    length += read;
                }
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or InvalidOperationException or ZstdSharp.ZstdException)
            {
                // The input is only the start of a body, or damaged: what came out before counts.
            }
        }

        return length == 0 ? null : output[..length];
    }
}
