using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>A body on its way into a file: content encodings are undone when it is all there, parts of a form become files of their own.</summary>
internal sealed class HttpCarriedBody
{
    private readonly FlowFiles _files;
    private readonly CarriedFile _file;
    private readonly CarriedFile? _encoded;
    private readonly MultipartFiles? _parts;
    private readonly string? _encodings;
    private readonly bool _isRange;
    private long _position;
    private bool _hasGap;

    public HttpCarriedBody(FlowFiles files, CarriedFile file, HttpMessage message, bool isRange, long? announced)
    {
        _files = files;
        _file = file;
        _isRange = isRange;
        // Several lines of a field are one list (RFC 9110, 5.3).
        string[] lines = [.. message.Fields.Where(f => f.Name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase)).Select(f => f.Value)];
        string? encodings = lines.Length == 0 ? null : string.Join(',', lines);
        if (isRange)
        {
            HttpBodies.TryReadRange(message.Field("Content-Range"), out _position, out long? total);
            file.TotalBytes = total;
        }
        else if (BodyDecoder.CanUndo(encodings))
        {
            _encodings = encodings;
            _encoded = files.Hold(file.Direction, file.Frame, file.Time);
        }
        else
        {
            file.TotalBytes = announced;
        }

        if (message.Field("Content-Type") is { } type && MultipartFiles.Boundary(type) is { } boundary)
        {
            _parts = new MultipartFiles(files, file, boundary);
        }
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        if (_encoded is not null)
        {
            _encoded.Append(bytes, frame, time);
        }
        else
        {
            Deliver(bytes, frame, time);
        }
    }

    /// <summary>Bytes are missing; how many may be unknown.</summary>
    public void Gap(long missing)
    {
        _hasGap = true;
        _encoded?.Gap(missing);
        if (_encoded is null)
        {
            _position = missing > long.MaxValue - _position ? long.MaxValue : _position + missing;
            _parts?.Lose();
        }
    }

    /// <summary>The body is over.</summary>
    public void End(bool isComplete)
    {
        if (_encoded is not null)
        {
            Decode(_encoded, _encodings!);
            _encoded.Drop();
        }

        _parts?.End();
        if (_isRange)
        {
            // Ends when all of it is there, or with the flow.
            if (_file.TotalBytes is { } total && _file.Prefix == total)
            {
                _file.End(isWhole: true);
            }

            return;
        }

        if (_file.SeenBytes == 0 && !_hasGap)
        {
            _file.Drop();
        }
        else
        {
            _file.End(isComplete);
        }
    }

    // What cannot be decoded at all is taken as it is: some servers name an encoding and send none.
    private void Decode(CarriedFile encoded, string encodings)
    {
        var output = new byte[16 * 1024];
        using (var decoder = new BodyDecoder(encoded, encodings))
        {
            int read;
            while ((read = decoder.Read(output)) > 0)
            {
                Deliver(output.AsSpan(0, read), encoded.LastFrame, encoded.LastTime);
            }

            _file.IsCut |= decoder.IsCut || encoded.Prefix < encoded.Length;
            if (decoder.IsTooLarge)
            {
                _files.Report("encoded body that grows too large", encoded.LastFrame, encoded.LastTime);
            }
        }

        if (_position > 0)
        {
            return;
        }

        _file.IsCut = false;
        for (long at = 0; at < encoded.Prefix;)
        {
            Span<byte> piece = output.AsSpan(0, (int)Math.Min(output.Length, encoded.Prefix - at));
            if (!encoded.Read(at, piece))
            {
                _file.IsCut = true;
                return;
            }

            Deliver(piece, encoded.LastFrame, encoded.LastTime);
            at += piece.Length;
        }
    }

    private void Deliver(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        _file.WriteAt(_position, bytes, frame, time);
        _position += bytes.Length;
        _parts?.Append(bytes, frame, time);
    }
}
