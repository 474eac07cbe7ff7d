using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Encodings;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>The content of one part while it is read: decoded, hashed, its beginning kept.</summary>
internal sealed class PartContent
{
    private const int FirstSize = 1024;

    private readonly ContentType _type;
    private readonly string? _name;
    private readonly IMimeDecoder _decoder;
    private readonly CarriedFile? _file;
    private readonly IncrementalHash? _hash;
    private readonly int _most;
    private byte[] _kept = [];
    private byte[] _scratch = [];
    private int _count;
    private long _bytes;

    /// <summary>Initializes a new instance of the <see cref="PartContent"/> class.</summary>
    /// <param name="type">The declared type.</param>
    /// <param name="name">The file's name, or null.</param>
    /// <param name="encoding">How it is encoded.</param>
    /// <param name="isFile">Whether it is a file rather than the message's text.</param>
    /// <param name="text">How many bytes of text are wanted.</param>
    /// <param name="file">What carries it to those who want files, or null.</param>
    public PartContent(ContentType type, string? name, ContentEncoding encoding, bool isFile, int text, CarriedFile? file)
    {
        _type = type;
        _name = name;
        _file = file;
        IsFile = isFile;
        _most = isFile ? Limits.MailAttachment : text;
        _hash = isFile ? IncrementalHash.CreateHash(HashAlgorithmName.SHA256) : null;
        _decoder = encoding switch
        {
            ContentEncoding.Base64 => new Base64Decoder(),
            ContentEncoding.QuotedPrintable => new QuotedPrintableDecoder(),
            ContentEncoding.UUEncode => new UUDecoder(),
            _ => new PassThroughDecoder(encoding),
        };
    }

    /// <summary>Gets a value indicating whether it is a file.</summary>
    public bool IsFile { get; }

    /// <summary>Gets a value indicating whether it is a page of HTML.</summary>
    public bool IsHtml => _type.IsMimeType("text", "html");

    /// <summary>Gets its text, or null if it is a file.</summary>
    public string? Text => IsFile ? null : Decode(_kept.AsSpan(0, _count), _type.Charset);

    /// <summary>Takes encoded bytes.</summary>
    public void Add(byte[] content, int start, int count, MailFiles files)
    {
        int needed = _decoder.EstimateOutputLength(count);
        if (_scratch.Length < needed)
        {
            _scratch = new byte[needed];
        }

        ReadOnlySpan<byte> decoded = _scratch.AsSpan(0, _decoder.Decode(content, start, count, _scratch));
        _bytes += decoded.Length;
        _hash?.AppendData(decoded);
        files.Append(_file, decoded);
        decoded = decoded[..Math.Min(decoded.Length, _most - _count)];
        if (_count + decoded.Length > _kept.Length)
        {
            Array.Resize(ref _kept, Math.Min(_most, Math.Max(FirstSize, Math.Max(_kept.Length * 2, _count + decoded.Length))));
        }

        decoded.CopyTo(_kept.AsSpan(_count));
        _count += decoded.Length;
    }

    /// <summary>The part has ended.</summary>
    /// <param name="isComplete">Whether the message is whole.</param>
    public MailAttachment End(bool isComplete)
    {
        _file?.End(isComplete);
        ReadOnlySpan<byte> kept = _kept.AsSpan(0, _count);
        string? sniffed = kept.IsEmpty ? null : MediaTypes.Sniff(kept);
        byte[] hash = _hash!.GetHashAndReset();
        _hash.Dispose();
        string declared = _type.MimeType.ToLowerInvariant();
        declared = declared.Length <= Limits.StateText ? declared : declared[..Limits.StateText];
        return new MailAttachment(_name, declared, sniffed, _bytes, isComplete ? Convert.ToHexStringLower(hash) : null, AttachmentJudge.Judge(kept, _name, declared, sniffed));
    }

    private static string Decode(ReadOnlySpan<byte> bytes, string? charset)
        => charset is not null && charset.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase)
            ? (charset.EndsWith("be", StringComparison.OrdinalIgnoreCase) ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes)
            : WireText.Decode(bytes, bytes.Length);
}
