using System.Buffers;
using System.Text;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Makes files of the parts of a form that have file names (RFC 7578; RFC 2046, 5.1), while its bytes come.</summary>
internal sealed class MultipartFiles
{
    private const int MostHead = 8 * 1024;
    private const int MostBoundary = 200;   // RFC 2046, 5.1.1 allows 70

    private readonly FlowFiles _files;
    private readonly CarriedFile _whole;
    private readonly byte[] _delimiter;
    private readonly ArrayBufferWriter<byte> _rest = new();
    private CarriedFile? _part;
    private int _scanned;
    private bool _isInHead;
    private bool _isOver;

    /// <summary>Initializes a new instance of the <see cref="MultipartFiles"/> class.</summary>
    public MultipartFiles(FlowFiles files, CarriedFile whole, string boundary)
    {
        _files = files;
        _whole = whole;
        _delimiter = [.. "\r\n--"u8, .. Encoding.Latin1.GetBytes(boundary)];
        _rest.Write("\r\n"u8);   // the first delimiter needs no line end in front of it
    }

    /// <summary>Gets the boundary of a multipart type, or null.</summary>
    public static string? Boundary(string contentType)
        => contentType.TrimStart().StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            && HttpFields.Parameter(contentType, "boundary") is { Length: > 0 and <= MostBoundary } boundary ? boundary : null;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        if (_isOver)
        {
            return;
        }

        _rest.Write(bytes);
        int at = 0;
        while (!_isOver && Step(_rest.WrittenSpan[at..], frame, time) is > 0 and var used)
        {
            at += used;
        }

        if (at > 0)
        {
            byte[] left = _rest.WrittenSpan[at..].ToArray();
            _rest.ResetWrittenCount();
            _rest.Write(left);
        }
    }

    /// <summary>Bytes are missing: where parts begin and end is not known any more.</summary>
    public void Lose() => End();

    /// <summary>The form is over.</summary>
    public void End()
    {
        if (_part is not null)
        {
            _part.Append(_rest.WrittenSpan, _whole.LastFrame, _whole.LastTime);
            _part.End(isWhole: false);
        }

        _part = null;
        _rest.Clear();
        _isOver = true;
    }

    // Takes what can be taken; 0 if more must come first.
    private int Step(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        if (_isInHead)
        {
            return ReadHead(bytes, frame, time);
        }

        int found = bytes.IndexOf(_delimiter);
        int content = found >= 0 ? found : Math.Max(0, bytes.Length - _delimiter.Length + 1);
        if (found < 0)
        {
            _part?.Append(bytes[..content], frame, time);
            return content;
        }

        ReadOnlySpan<byte> behind = bytes[(found + _delimiter.Length)..];
        if (behind.Length < 2)
        {
            _part?.Append(bytes[..content], frame, time);
            return content;
        }

        _part?.Append(bytes[..content], frame, time);
        _part?.End(isWhole: true);
        _part = null;
        _isInHead = true;
        _isOver = behind.StartsWith("--"u8);
        return found + _delimiter.Length;
    }

    private int ReadHead(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        int from = Math.Max(0, _scanned - 3);
        int end = bytes[from..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            _scanned = bytes.Length;
            _isOver = bytes.Length > MostHead;
            return 0;
        }

        end += from;
        _scanned = 0;

        _isInHead = false;
        int line = bytes.IndexOf("\r\n"u8);
        HeaderBlock head = HeaderBlock.Parse(bytes[(line + 2)..(end + 4)]);
        if (head["Content-Disposition"] is { } disposition && Name(disposition) is { } name && _files.Open(_whole.Direction, frame, time) is { } part)
        {
            part.Name = name.Length > Limits.Text ? name[..Limits.Text] : name;
            part.Location = _whole.Location;
            part.DeclaredType = head["Content-Type"]?.Split(';')[0].Trim().ToLowerInvariant();
            _part = part;
        }

        return end + 4;
    }

    private static string? Name(string disposition)
    {
        string? name = HttpFields.Parameter(disposition, "filename*") is { } extended
            ? Uri.UnescapeDataString(extended[(extended.LastIndexOf('\'') + 1)..])
            : HttpFields.Parameter(disposition, "filename");
        return string.IsNullOrEmpty(name) ? null : name;
    }
}
