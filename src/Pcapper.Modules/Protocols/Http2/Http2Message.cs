using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http2;

/// <summary>A message of a stream while it is read.</summary>
internal sealed class Http2Message(FrameRef frame, Timestamp time, List<(string Name, string Value)> fields)
{
    private readonly HttpBody _body = new();

    /// <summary>Gets the status of a response, or 0.</summary>
    public int Status => int.TryParse(Pseudo(":status"), NumberStyles.None, CultureInfo.InvariantCulture, out int status) ? status : 0;

    /// <summary>Gets or sets a value indicating whether all of it was seen.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Gets or sets a value indicating whether bytes of it are missing.</summary>
    public bool HasGap { get; set; }

    public void Add(ReadOnlySpan<byte> bytes, in StreamChunk chunk) => _body.Add(bytes, chunk);

    /// <summary>Bytes of its body are missing.</summary>
    public void Gap(long missing)
    {
        HasGap = true;
        _body.File?.Gap(missing);
    }

    /// <summary>Makes a file of the body, if it has not begun.</summary>
    public void Carry(HttpBodies files, Direction direction, HttpMessage? request, bool isRequest)
    {
        if (_body.File is null && _body.Seen == 0)
        {
            HttpMessage message = ToMessage(isRequest);
            _body.File = files.Open(direction, message, request, message.AnnouncedBytes);
        }
    }

    /// <summary>The message is over.</summary>
    public void End()
    {
        _body.File?.End(IsComplete && !HasGap);
        _body.File = null;
    }

    /// <summary>Gives the message as HTTP/1 would have said it.</summary>
    public HttpMessage ToMessage(bool isRequest)
    {
        List<(string Name, string Value)> plain = [];
        if (isRequest && Pseudo(":authority") is { Length: > 0 } authority)
        {
            plain.Add(("Host", authority));
        }

        plain.AddRange(fields.Where(field => !field.Name.StartsWith(':') && (field.Name != "host" || plain.Count == 0)));
        string? Field(string name) => plain.Find(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        ReadOnlyMemory<byte> start = _body.Decode(Field("content-encoding"));
        bool isLong = long.TryParse(Field("content-length"), NumberStyles.None, CultureInfo.InvariantCulture, out long announced);
        return new HttpMessage
        {
            Frame = frame,
            Time = time,
            Method = isRequest ? Pseudo(":method") ?? string.Empty : null,
            Target = isRequest ? Pseudo(":path") ?? Pseudo(":authority") ?? string.Empty : string.Empty,
            Version = "2",
            Status = isRequest ? 0 : Status,
            Fields = plain,
            BodyBytes = _body.Seen,
            AnnouncedBytes = isLong ? announced : null,
            IsComplete = IsComplete && !HasGap,
            BodyStart = start,
            SniffedType = start.IsEmpty ? null : MediaTypes.Sniff(start.Span),
        };
    }

    private string? Pseudo(string name) => fields.Find(field => field.Name == name).Value;
}
