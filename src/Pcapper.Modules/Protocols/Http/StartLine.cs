using System.Text;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>The first line of a request or a response (RFC 9112, 3 and 4).</summary>
internal readonly record struct StartLine
{
    private const int MaxMethod = 24;
    private const int MaxTargetProbed = 4096;

    /// <summary>Gets the method of a request, or null for a response.</summary>
    public string? Method { get; init; }

    /// <summary>Gets the request target, raw.</summary>
    public string Target { get; init; }

    /// <summary>Gets a value indicating whether the target was longer than what is kept.</summary>
    public bool IsTargetCut { get; init; }

    /// <summary>Gets the version, <c>1.1</c>; empty for HTTP/0.9.</summary>
    public string Version { get; init; }

    /// <summary>Gets the status of a response.</summary>
    public int Status { get; init; }

    /// <summary>Gets the reason phrase of a response, raw.</summary>
    public string Reason { get; init; }

    /// <summary>Judges whether bytes begin with a start line.</summary>
    public static Confidence Probe(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.TrimStart("\r\n"u8);
        if (bytes.StartsWith("HTTP/1."u8))
        {
            return Confidence.Certain;
        }

        if (bytes.Length < 8 && "HTTP/1."u8.StartsWith(bytes[..Math.Min(7, bytes.Length)]))
        {
            return Confidence.Undecided;
        }

        int space = bytes[..Math.Min(bytes.Length, MaxMethod + 1)].IndexOf((byte)' ');
        ReadOnlySpan<byte> method = space < 0 ? bytes[..Math.Min(bytes.Length, MaxMethod)] : bytes[..space];
        if (method.IsEmpty || !IsMethod(method))
        {
            return Confidence.No;
        }

        if (space < 0)
        {
            return bytes.Length <= MaxMethod ? Confidence.Undecided : Confidence.No;
        }

        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            return bytes.Length < MaxTargetProbed && !bytes.ContainsAnyInRange((byte)0, (byte)8) ? Confidence.Undecided
                : bytes.Length >= MaxTargetProbed && HttpMethods.IsKnown(method) ? Confidence.Plausible : Confidence.No;
        }

        ReadOnlySpan<byte> line = bytes[..end].TrimEnd((byte)'\r');
        return line.LastIndexOf(" HTTP/1."u8) >= space && line.Length - line.LastIndexOf(" HTTP/1."u8) <= 10 ? Confidence.Certain : Confidence.No;
    }

    /// <summary>Reads a line without its line end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> line, out StartLine start)
    {
        start = default;
        if (line.StartsWith("HTTP/1."u8))
        {
            return TryParseStatus(line, out start);
        }

        int space = line.IndexOf((byte)' ');
        int version = line.LastIndexOf(" HTTP/"u8);
        if (space is <= 0 or > MaxMethod || !IsMethod(line[..space]) || version < space)
        {
            return false;
        }

        ReadOnlySpan<byte> target = version > space ? line[(space + 1)..version].Trim((byte)' ') : default;
        start = new StartLine
        {
            Method = Encoding.ASCII.GetString(line[..space]),
            Target = HeaderBlock.Text(target),
            IsTargetCut = HeaderBlock.IsTextCut(target.Length),
            Version = Encoding.ASCII.GetString(line[(version + 6)..].Trim((byte)' ')),
            Reason = "",
        };
        return start.Version.Length is > 0 and <= 4;
    }

    private static bool TryParseStatus(ReadOnlySpan<byte> line, out StartLine start)
    {
        start = default;
        int space = line.IndexOf((byte)' ');
        ReadOnlySpan<byte> rest = space < 0 ? default : line[space..].TrimStart((byte)' ');
        if (space < 0 || rest.Length < 3 || !System.Buffers.Text.Utf8Parser.TryParse(rest[..3], out int status, out int used) || used != 3)
        {
            return false;
        }

        start = new StartLine
        {
            Target = "",
            Version = Encoding.ASCII.GetString(line[5..Math.Min(space, 9)]),
            Status = status,
            Reason = HeaderBlock.Text(rest[3..].Trim((byte)' ')),
        };
        return true;
    }

    // A token (RFC 9110, 5.6.2) with a letter in front; custom methods exist, so the list of known ones is not asked.
    private static bool IsMethod(ReadOnlySpan<byte> bytes)
    {
        if (!char.IsAsciiLetter((char)bytes[0]))
        {
            return false;
        }

        foreach (byte b in bytes)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && !"!#$%&'*+-.^_`|~"u8.Contains(b))
            {
                return false;
            }
        }

        return true;
    }
}
