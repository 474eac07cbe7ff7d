using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>Hands the attachments of one message to those who want files.</summary>
/// <param name="files">The files of the flow.</param>
/// <param name="direction">Which way the message went.</param>
/// <param name="bytes">The message.</param>
internal sealed class MailFiles(FlowFiles files, Direction direction, MailBytes bytes)
{
    private readonly List<string> _ids = bytes.FileId is { } id ? [id] : [];

    /// <summary>Gets the identifiers of the message and its first attachments.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Begins an attachment, or gives null if nobody wants to know of it.</summary>
    public CarriedFile? Open(string? name, string declared)
    {
        CarriedFile? file = files.Open(direction, bytes.Frame, bytes.Time);
        if (file is not null)
        {
            file.Name = name;
            file.DeclaredType = declared;
            if (_ids.Count < Limits.MailAddresses)
            {
                _ids.Add(file.Id);
            }
        }

        return file;
    }

    /// <summary>Takes decoded bytes of an attachment.</summary>
    public void Append(CarriedFile? file, ReadOnlySpan<byte> decoded) => file?.Append(decoded, bytes.LastFrame, bytes.LastTime);
}
