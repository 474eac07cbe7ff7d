using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Makes files of the bodies of one connection; ranges of one resource (RFC 9110, 14) are put together.</summary>
internal sealed class HttpBodies(FlowContext flow, RecordBus bus)
{
    private const int MostRanges = 64;
    private const int PartialContent = 206;

    private readonly FlowFiles _files = new(flow, bus, "http");
    private Dictionary<string, CarriedFile>? _ranges;

    /// <summary>Gets a value indicating whether anyone wants to know of files.</summary>
    public bool AreWanted => _files.AreWanted;

    /// <summary>Begins the body of a message, or gives null if nobody wants to know of it.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="message">The message, without its body.</param>
    /// <param name="request">The request that it answers; null if it is one, or unknown.</param>
    /// <param name="announced">The length that was announced, or null.</param>
    public HttpCarriedBody? Open(Direction direction, HttpMessage message, HttpMessage? request, long? announced)
    {
        if (!_files.AreWanted)
        {
            return null;
        }

        string? location = Location(request ?? (message.Method is null ? null : message));
        bool isRange = message.Status == PartialContent && TryReadRange(message.Field("Content-Range"), out _, out _);
        CarriedFile? file = isRange ? Range(direction, message, location) : _files.Open(direction, message.Frame, message.Time);
        if (file is null)
        {
            return null;
        }

        file.Name = Cut(message.Method is null ? HttpFields.DownloadName(request, message) : HttpFields.UploadName(message) ?? HttpFields.DownloadName(message, null));
        file.Location = Cut(location);
        file.DeclaredType = Cut(message.MediaType);
        return new HttpCarriedBody(_files, file, message, isRange, announced);
    }

    /// <summary>The flow is over.</summary>
    public void End() => _files.End();

    /// <summary>Reads where a range stands (RFC 9110, 14.4): <c>bytes 0-499/1234</c>.</summary>
    internal static bool TryReadRange(string? field, out long start, out long? total)
    {
        start = 0;
        total = null;
        if (field is null || !field.StartsWith("bytes ", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ReadOnlySpan<char> range = field.AsSpan(6).Trim();
        int dash = range.IndexOf('-');
        int slash = range.IndexOf('/');
        if (dash <= 0 || slash < dash || !long.TryParse(range[..dash], NumberStyles.None, CultureInfo.InvariantCulture, out start))
        {
            return false;
        }

        total = long.TryParse(range[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long all) ? all : null;
        return true;
    }

    private static string? Cut(string? text) => text is null || text.Length <= Limits.Text ? text : text[..Limits.Text];

    private static string? Location(HttpMessage? request)
    {
        if (request is null || HttpFields.HostOf(request) is not { Length: > 0 })
        {
            return request?.Target;
        }

        return request.Target.StartsWith('/') ? $"http://{request.Field("Host")}{request.Target}" : request.Target;
    }

    // The file that a range belongs to: the resource, as long as its tag or date says that it is the same.
    private CarriedFile? Range(Direction direction, HttpMessage message, string? location)
    {
        string key = $"{location}\n{message.Field("ETag") ?? message.Field("Last-Modified")}\n{message.Field("Content-Encoding")}";
        _ranges ??= new Dictionary<string, CarriedFile>(StringComparer.Ordinal);
        if (_ranges.TryGetValue(key, out CarriedFile? file) && !file.IsEnded)
        {
            return file;
        }

        file = _files.Open(direction, message.Frame, message.Time);
        if (file is not null && (_ranges.Count < MostRanges || _ranges.ContainsKey(key)))
        {
            _ranges[key] = file;
        }

        return file;
    }
}
