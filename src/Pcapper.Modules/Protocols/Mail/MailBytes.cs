using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>
/// Gathers the bytes of one message, at most <see cref="Limits.Mail"/>; what comes behind is only counted. Those who want files get all of it as it comes.
/// </summary>
/// <param name="files">The files of the flow.</param>
/// <param name="direction">Which way it goes.</param>
internal sealed class MailBytes(FlowFiles files, Direction direction) : IBodySink
{
    private const int FirstSize = 4096;

    private byte[] _bytes = [];
    private int _held;
    private CarriedFile? _file;

    /// <summary>Gets the frame of the first byte.</summary>
    public FrameRef Frame { get; private set; }

    /// <summary>Gets when that was captured.</summary>
    public Timestamp Time { get; private set; }

    /// <summary>Gets the frame of the last bytes.</summary>
    public FrameRef LastFrame { get; private set; }

    /// <summary>Gets when those were captured.</summary>
    public Timestamp LastTime { get; private set; }

    /// <summary>Gets how many bytes were seen.</summary>
    public long Seen { get; private set; }

    /// <summary>Gets how many bytes are missing from the capture.</summary>
    public long Missing { get; private set; }

    /// <summary>Gets a value indicating whether there was more than is held.</summary>
    public bool IsCut => Seen > _held;

    /// <summary>Gets the identifier of the message in logs of files, or null where nobody wants files.</summary>
    public string? FileId => _file?.Id;

    /// <summary>Gets what is held.</summary>
    public ReadOnlyMemory<byte> Held => _bytes.AsMemory(0, _held);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> content, in StreamChunk chunk)
    {
        if (Seen == 0)
        {
            (Frame, Time) = (chunk.Frame, chunk.Time);
            _file = files.Open(direction, Frame, Time);
        }

        (LastFrame, LastTime) = (chunk.Frame, chunk.Time);
        Seen += content.Length;
        _file?.Append(content, LastFrame, LastTime);
        content = content[..Math.Min(content.Length, Limits.Mail - _held)];
        if (_held + content.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(Limits.Mail, Math.Max(FirstSize, Math.Max(_bytes.Length * 2, _held + content.Length))));
        }

        content.CopyTo(_bytes.AsSpan(_held));
        _held += content.Length;
    }

    /// <inheritdoc/>
    public void Gap(long missing)
    {
        Missing += missing;
        _file?.Gap(missing);
    }

    /// <summary>The message has ended: it is a file too.</summary>
    /// <param name="hasEnd">Whether its end was seen.</param>
    /// <param name="subject">What it is about, or null.</param>
    public void End(bool hasEnd, string? subject)
    {
        if (_file is { } file)
        {
            file.DeclaredType = "message/rfc822";
            file.Name = $"{(string.IsNullOrEmpty(subject) ? "message" : subject)}.eml";
            file.End(hasEnd);
        }
    }
}
