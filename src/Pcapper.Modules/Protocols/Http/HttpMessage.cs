using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>A request or a response: its start line, fields, and what is known of its body.</summary>
public sealed record HttpMessage
{
    /// <summary>Gets the frame of its first byte.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets the time of that frame.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Gets the method of a request.</summary>
    public string? Method { get; init; }

    /// <summary>Gets the target of a request, raw.</summary>
    public string Target { get; init; } = "";

    /// <summary>Gets the version: <c>1.1</c>, <c>2</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the status of a response.</summary>
    public int Status { get; init; }

    /// <summary>Gets the reason phrase of a response, raw.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Gets the fields in the order of the message, raw.</summary>
    public required IReadOnlyList<(string Name, string Value)> Fields { get; init; }

    /// <summary>Gets the bytes of the body that were seen, without chunk framing, still encoded.</summary>
    public long BodyBytes { get; init; }

    /// <summary>Gets the announced length of the body, if it was announced.</summary>
    public long? AnnouncedBytes { get; init; }

    /// <summary>Gets a value indicating whether all of the body was seen.</summary>
    public bool IsComplete { get; init; }

    /// <summary>Gets the first bytes of the body, content encodings undone.</summary>
    public ReadOnlyMemory<byte> BodyStart { get; init; }

    /// <summary>Gets the media type that the first bytes of the body show, or null.</summary>
    public string? SniffedType { get; init; }

    /// <summary>Gets the first value of a field, or null.</summary>
    public string? Field(string name)
    {
        foreach ((string Name, string Value) field in Fields)
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return field.Value;
            }
        }

        return null;
    }

    /// <summary>Gets the declared media type without parameters, in lower case, or null.</summary>
    public string? MediaType
    {
        get
        {
            string? type = Field("Content-Type");
            int end = type?.IndexOf(';', StringComparison.Ordinal) ?? -1;
            return (end < 0 ? type : type![..end])?.Trim().ToLowerInvariant();
        }
    }
}
