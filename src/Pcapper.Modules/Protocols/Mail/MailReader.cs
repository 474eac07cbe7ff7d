using System.Text;
using MimeKit;
using MimeKit.Cryptography;
using MimeKit.Utils;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>Reads a message with MimeKit's event reader, which holds no tree: what is kept is bounded, however many parts there are.</summary>
internal sealed class MailReader : MimeReader, IDisposable
{
    private const int LongestField = 64 * 1024;
    private const int MostFields = 4096;

    private static readonly ParserOptions s_options = new() { MaxMimeDepth = Limits.MailDepth, MaxAddressGroupDepth = 2, AllowAddressesWithoutDomain = true };

    private readonly MailFiles _files;
    private readonly List<string> _received = [];
    private readonly List<string> _authentication = [];
    private readonly List<MailAttachment> _attachments = [];
    private readonly List<string> _urls = [];
    private readonly StringBuilder _text = new();
    private readonly CancellationTokenSource _enough = new();
    private MailMessage _message;
    private bool _isTopRead;
    private int _fields;
    private int _attachmentCount;
    private int _parts;
    private string? _disposition;
    private string? _fileName;
    private ContentEncoding _encoding;
    private PartContent? _part;

    private MailReader(Stream stream, MailFiles files, bool isComplete)
        : base(s_options, stream, MimeFormat.Entity)
    {
        _files = files;
        _message = new MailMessage { Bytes = 0, IsComplete = isComplete };
    }

    /// <summary>Reads a message.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <param name="isComplete">Whether these are all.</param>
    /// <param name="files">Where attachments go.</param>
    /// <param name="problem">Which rule it breaks, or null.</param>
    public static MailMessage Read(Stream stream, bool isComplete, MailFiles files, out string? problem)
    {
        using var reader = new MailReader(stream, files, isComplete);
        problem = reader.ReadAll();
        return reader.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _enough.Dispose();

    /// <inheritdoc/>
    protected override void OnHeadersBegin(long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        _fields = 0;
        (_disposition, _fileName, _encoding) = (null, null, ContentEncoding.Default);
    }

    /// <inheritdoc/>
    protected override void OnHeaderRead(Header header, int beginLineNumber, CancellationToken cancellationToken)
    {
        if (++_fields > MostFields || header.RawValue.Length > LongestField)
        {
            return;
        }

        switch (header.Id)
        {
            case HeaderId.ContentDisposition when ContentDisposition.TryParse(s_options, header.RawValue, out ContentDisposition? disposition) && disposition is not null:
                _disposition = disposition.Disposition;
                _fileName = disposition.FileName;
                break;
            case HeaderId.ContentTransferEncoding:
                _encoding = MimeUtils.TryParse(header.Value.Trim(), out ContentEncoding encoding) ? encoding : ContentEncoding.Default;
                break;
            default:
                if (!_isTopRead)
                {
                    Top(header);
                }

                break;
        }
    }

    /// <inheritdoc/>
    protected override void OnHeadersEnd(long beginOffset, int beginLineNumber, long endOffset, int endLineNumber, CancellationToken cancellationToken) => _isTopRead = true;

    /// <inheritdoc/>
    protected override void OnMimePartBegin(ContentType contentType, long beginOffset, int beginLineNumber, CancellationToken cancellationToken)
    {
        _part = null;
        if (++_parts > Limits.MailParts)
        {
            _enough.Cancel();
            return;
        }

        string? name = _fileName ?? contentType.Name;
        bool isText = contentType.IsMimeType("text", "plain") || contentType.IsMimeType("text", "html");
        bool isFile = !isText || name is not null || string.Equals(_disposition, "attachment", StringComparison.OrdinalIgnoreCase);
        _part = new PartContent(contentType, Cut(name), _encoding, isFile, isText ? Math.Max(0, Limits.MailText - _text.Length) : 0, isFile ? _files.Open(Cut(name), contentType.MimeType) : null);
    }

    /// <inheritdoc/>
    protected override void OnMimePartContentRead(byte[] content, int startIndex, int count, CancellationToken cancellationToken) => _part?.Add(content, startIndex, count, _files);

    /// <inheritdoc/>
    protected override void OnMimePartEnd(
        ContentType contentType, long beginOffset, int beginLineNumber, long headersEndOffset, long endOffset, int lines, CancellationToken cancellationToken)
    {
        if (_part is not { } part)
        {
            return;
        }

        _part = null;
        if (part.IsFile)
        {
            _attachmentCount++;
            MailAttachment attachment = part.End(_message.IsComplete);
            if (_attachments.Count < Limits.MailAddresses)
            {
                _attachments.Add(attachment);
            }
            else if (attachment.Traits != AttachmentTraits.None && _attachments.FindLastIndex(a => a.Traits == AttachmentTraits.None) is >= 0 and var harmless)
            {
                // A crowd of harmless ones hides none.
                _attachments.RemoveAt(harmless);
                _attachments.Add(attachment);
            }
        }

        if (part.Text is { Length: > 0 } text)
        {
            UrlFinder.Add(part.IsHtml ? System.Net.WebUtility.HtmlDecode(text) : text, _urls);
            _text.Append(part.IsHtml ? BodyText.FromHtml(text) : text).Append('\n');
        }
    }

    private static string? Cut(string? text) => text is null || text.Length <= Limits.Text ? text : text[..Limits.Text];

    private static string Unfolded(Header header) => Cut(header.Value.ReplaceLineEndings(" ").Trim())!;

    private static List<MailAddress> Addresses(Header header)
    {
        List<MailAddress> found = [];
        if (!InternetAddressList.TryParse(s_options, header.RawValue, out InternetAddressList? list) || list is null)
        {
            found.Add(new MailAddress(null, Unfolded(header)));
            return found;
        }

        foreach (MailboxAddress mailbox in list.Mailboxes.Take(Limits.MailAddresses))
        {
            found.Add(new MailAddress(string.IsNullOrEmpty(mailbox.Name) ? null : Cut(mailbox.Name), Cut(mailbox.Address)!));
        }

        return found;
    }

    private string? ReadAll()
    {
        try
        {
            ReadEntity(_enough.Token);
        }
        catch (OperationCanceledException)
        {
            return "mail with too many parts";
        }
        catch (FormatException)
        {
            return "mail without a header";
        }

        return null;
    }

    private MailMessage Finish() => _message with
    {
        Received = _received,
        Authentication = _authentication,
        Attachments = _attachments,
        AttachmentCount = _attachmentCount,
        FileIds = _files.Ids,
        Urls = _urls,
        Body = BodyJudge.Judge(_text.ToString(), _message.Subject),
    };

    // Of fields that may stand once only, the first counts: that is what programs show.
    private void Top(Header header)
    {
        switch (header.Id)
        {
            case HeaderId.From when _message.FromText is null:
                _message = _message with { From = Addresses(header), FromText = Unfolded(header) };
                break;
            case HeaderId.ReturnPath:
                _message = _message with { ReturnPath = _message.ReturnPath ?? Unfolded(header).Trim('<', '>') };
                break;
            case HeaderId.Sender:
                _message = _message with { Sender = _message.Sender ?? Unfolded(header) };
                break;
            case HeaderId.ReplyTo when _message.ReplyTo.Count == 0:
                _message = _message with { ReplyTo = Addresses(header) };
                break;
            case HeaderId.To when _message.To.Count == 0:
                _message = _message with { To = Addresses(header) };
                break;
            case HeaderId.Cc when _message.Cc.Count == 0:
                _message = _message with { Cc = Addresses(header) };
                break;
            case HeaderId.Subject:
                _message = _message with { Subject = _message.Subject ?? Unfolded(header) };
                break;
            case HeaderId.Date:
                _message = _message with { Date = _message.Date ?? Unfolded(header) };
                break;
            case HeaderId.MessageId:
                _message = _message with { MessageId = _message.MessageId ?? Unfolded(header) };
                break;
            case HeaderId.InReplyTo:
                _message = _message with { InReplyTo = _message.InReplyTo ?? Unfolded(header) };
                break;
            case HeaderId.XMailer or HeaderId.UserAgent:
                _message = _message with { UserAgent = _message.UserAgent ?? Unfolded(header) };
                break;
            case HeaderId.Received when _received.Count < Limits.MailAddresses:
                _received.Add(Unfolded(header));
                break;
            case HeaderId.AuthenticationResults when _authentication.Count == 0:
                Results(header);
                break;
            default:
                if (header.Field.Equals("X-Originating-IP", StringComparison.OrdinalIgnoreCase))
                {
                    _message = _message with { OriginatingIp = _message.OriginatingIp ?? Unfolded(header).Trim('[', ']') };
                }

                break;
        }
    }

    // RFC 8601: the topmost is that of the last server; those below may have been put there by anybody.
    private void Results(Header header)
    {
        if (AuthenticationResults.TryParse(header.RawValue, out AuthenticationResults? results) && results is not null)
        {
            _authentication.AddRange(results.Results.Take(Limits.MailAddresses).Select(r => Cut($"{r.Method.ToLowerInvariant()}={r.Result.ToLowerInvariant()}")!));
        }
    }
}
