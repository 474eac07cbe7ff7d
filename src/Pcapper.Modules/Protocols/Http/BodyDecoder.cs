using System.IO.Compression;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Undoes the content encodings of a whole body (RFC 9110, 8.4), with bounds on what comes out (<see cref="Limits.DecodedBody"/>).</summary>
internal sealed class BodyDecoder : IDisposable
{
    private const int FreeBytes = 64 * 1024;

    private readonly List<(string Encoding, WatchedStream Input)> _layers = [];
    private readonly Stream _decoder;
    private readonly long _most;
    private long _read;

    /// <summary>Initializes a new instance of the <see cref="BodyDecoder"/> class.</summary>
    public BodyDecoder(CarriedFile encoded, string encodings)
    {
        Stream stream = new ContentStream(encoded);
        foreach (string layer in Layers(encodings).Reverse())
        {
            var input = new WatchedStream(stream);
            stream = Undo(layer, input, isFirst: _layers.Count == 0, encoded);
            _layers.Add((layer, input));
        }

        _decoder = stream;
        _most = Math.Min(Limits.DecodedBody, Math.Max(FreeBytes, encoded.Prefix * Limits.DecodedRatio));
    }

    /// <summary>Gets a value indicating whether the body goes on behind what was read: it is damaged, or too large.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Gets a value indicating whether it was cut because it grows beyond the bounds.</summary>
    public bool IsTooLarge => _read > _most;

    /// <summary>Tells whether all encodings are known, and there are not too many.</summary>
    public static bool CanUndo(string? encodings)
        => encodings is not null && Layers(encodings) is { Length: > 0 and <= Limits.ContentEncodings } layers
            && layers.All(l => l is "gzip" or "x-gzip" or "deflate" or "br" or "zstd");

    /// <summary>Reads on; 0 at the end, or where it is cut.</summary>
    public int Read(Span<byte> output)
    {
        if (IsCut)
        {
            return 0;
        }

        try
        {
            int read = _decoder.Read(output);
            _read += read;
            IsCut = IsTooLarge || (read == 0 && EndIsMissing());
            return IsCut ? 0 : read;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or InvalidOperationException or ZstdSharp.ZstdException)
        {
            // Damaged, or its end is missing: what came out before counts.
            IsCut = true;
            return 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _decoder.Dispose();

    private static string[] Layers(string encodings)
        => [.. encodings.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(l => l.ToLowerInvariant()).Where(l => l != "identity")];

    // The runtime's decoders take any end for the end. Those of deflate and brotli know theirs, and ask for more only where it is missing; gzip
    // may always go on, but says in its last four bytes how much there was (RFC 1952, 2.3.1).
    private bool EndIsMissing()
    {
        for (int i = 0; i < _layers.Count; i++)
        {
            (string encoding, WatchedStream input) = _layers[i];
            long output = i + 1 < _layers.Count ? _layers[i + 1].Input.Passed : _read;
            if (input.IsAtEnd && (encoding is "deflate" or "br" || (encoding is "gzip" or "x-gzip" && input.Tail != (uint)output)))
            {
                return true;
            }
        }

        return false;
    }

    private static Stream Undo(string encoding, Stream source, bool isFirst, CarriedFile encoded) => encoding switch
    {
        "deflate" when !isFirst || IsZlib(encoded) => new ZLibStream(source, CompressionMode.Decompress),
        "deflate" => new DeflateStream(source, CompressionMode.Decompress),
        "br" => new BrotliStream(source, CompressionMode.Decompress),
        "zstd" => new ZstdSharp.DecompressionStream(source),
        _ => new GZipStream(source, CompressionMode.Decompress),
    };

    // RFC 9110 means zlib (RFC 1950, 2.2: method 8, and a multiple of 31); some servers send raw deflate.
    private static bool IsZlib(CarriedFile encoded)
    {
        Span<byte> head = stackalloc byte[2];
        return encoded.Prefix < 2 || (encoded.Read(0, head) && (head[0] & 0x0F) == 8 && ((head[0] << 8) | head[1]) % 31 == 0);
    }
}
