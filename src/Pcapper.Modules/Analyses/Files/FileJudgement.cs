using Pcapper.Engine;
using Pcapper.Modules.FileTypes;
using Pcapper.Modules.Protocols.Http;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>What one file shows by its head, its name and its declared type.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Remark">What does not fit together, or empty.</param>
/// <param name="Facts">What it says of itself, or empty.</param>
/// <param name="Suspicion">What to raise, if anything.</param>
internal readonly record struct FileJudgement(FileKind Kind, string Remark, string Facts, FileSuspicionKind? Suspicion)
{
    /// <summary>Judges a file. A pure function of the record.</summary>
    public static FileJudgement Of(FileTransfer file)
    {
        ReadOnlySpan<byte> head = file.Head.Span;
        FileType? type = head.IsEmpty ? null : FileSniffer.Sniff(head);
        if (type is null)
        {
            return new(FileKind.Unknown, string.Empty, string.Empty, null);
        }

        string facts = FileFacts.Of(head, type.Media);
        FileVerdict verdict = FileComparison.Compare(file.Name, file.DeclaredType, type);
        string? trick = FileNames.Trick(file.Name, FileComparison.IsRun(type.Kind), type.Kind == FileKind.Shortcut);
        string remark = trick ?? verdict switch
        {
            FileVerdict.Disguised or FileVerdict.CalledText => $"{type.Media} {Claim(file)}",
            FileVerdict.Differs => $"is not what it is called{(file.DeclaredType is null ? string.Empty : $" ({file.DeclaredType})")}",
            _ => string.Empty,
        };
        FileSuspicionKind? suspicion = IsJudgedElsewhere(file) ? null
            : trick is not null ? FileSuspicionKind.MisleadingName
            : verdict == FileVerdict.Disguised ? FileSuspicionKind.Disguised : null;
        return new(type.Kind, remark, facts, suspicion);
    }

    private static string Claim(FileTransfer file) => file.DeclaredType is null ? "by its content" : $"declared {file.DeclaredType}";

    // --email judges attachments, --http programs that a server calls something else: one finding is enough.
    private static bool IsJudgedElsewhere(FileTransfer file)
        => file.Protocol is "smtp" or "lmtp" or "pop3" or "imap"
            || (file.Protocol is "http" or "http2" && file.Direction == Direction.ToOriginator && FileDisguise.IsDisguised(file.DeclaredType, file.Name, file.SniffedType));
}
