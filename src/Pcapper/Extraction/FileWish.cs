using System.IO.Enumeration;
using Pcapper.Engine;

namespace Pcapper.Extraction;

/// <summary>Which files the user wants: by name, by a pattern with <c>*</c> and <c>?</c>, or by hash.</summary>
internal sealed class FileWish(IReadOnlyList<string> patterns)
{
    private static readonly int[] s_hashLengths = [32, 40, 64];

    private bool _isMails;

    /// <summary>Gets the wish for mails, as they crossed the network.</summary>
    public static FileWish Mails { get; } = new([]) { _isMails = true };

    /// <summary>Gets a value indicating whether anything is wanted.</summary>
    public bool IsAny => _isMails || patterns.Count > 0;

    /// <summary>Tells whether a file is wanted. Names match without regard to case, whole or behind their last slash.</summary>
    public bool Matches(FileTransfer file) => (_isMails && IsMail(file)) || patterns.Any(pattern => Matches(pattern, file));

    private static bool IsMail(FileTransfer file) => file is { Protocol: "smtp" or "lmtp" or "imap" or "pop3", DeclaredType: "message/rfc822" };

    private static bool Matches(string pattern, FileTransfer file)
    {
        if (s_hashLengths.Contains(pattern.Length) && pattern.All(char.IsAsciiHexDigit))
        {
            return Same(pattern, file.Sha256) || Same(pattern, file.Sha1) || Same(pattern, file.Md5);
        }

        if (file.Name is not { } name)
        {
            return pattern == "*";
        }

        string last = name[(name.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        return FileSystemName.MatchesSimpleExpression(pattern, name) || FileSystemName.MatchesSimpleExpression(pattern, last) || Same(pattern, name) || Same(pattern, last);
    }

    private static bool Same(string pattern, string? text) => pattern.Equals(text, StringComparison.OrdinalIgnoreCase);
}
