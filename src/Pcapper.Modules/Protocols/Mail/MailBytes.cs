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
    private CarriedFile? _held;
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
    public bool IsCut => _held is not null && (Seen > _held.Prefix || !IsAtHand(_held));

    /// <summary>Gets the identifier of the message in logs of files, or null where nobody wants files.</summary>
    public string? FileId => _file?.Id;

    // What found no room is lost, and with it everything behind the first bytes.
    private static bool IsAtHand(CarriedFile held) => held.Prefix == 0 || held.Read(held.Prefix - 1, stackalloc byte[1]);

    /// <summary>Opens what is held to be read.</summary>
    public Stream Open() => _held is null ? Stream.Null : new ContentStream(_held);

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
        _held ??= files.Hold(direction, Frame, Time);
        _held.Append(content[..(int)Math.Min(content.Length, Limits.Mail - _held.Position)], LastFrame, LastTime);
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
            // A subject is no path.
            file.Name = $"{(string.IsNullOrEmpty(subject) ? "message" : subject.Replace('/', '_').Replace('\\', '_'))}.eml";
            file.End(hasEnd);
        }

        _held?.Drop();
    }
}
