using System.Security.Cryptography;
using Pcapper.Engine;

namespace Pcapper.Extraction;

/// <summary>
/// Keeps the contents that the user asked for under their hash, <c>DIR/ab/abcd…</c>, and then gives them names. Names from the capture never decide a
/// path. The limits keep the files that began first; those that do not fit go again.
/// </summary>
internal sealed class FileStore(FileWish wanted, FileWish viewed, string? folder, ExtractionLimits limits, int viewBytes) : IFileStore, IDisposable
{
    private const int MostViewed = 20;

    private readonly Lock _lock = new();
    private readonly TemporaryFiles _temporary = new();
    private readonly SortedDictionary<FileOrder, ExtractedFile> _files = [];
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);
    private readonly SortedDictionary<FileOrder, FileView> _views = [];
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private FileOrder? _end;
    private FileOrder? _viewEnd;
    private long _bytes;

    /// <inheritdoc/>
    public bool KeepsContents => wanted.IsAny || viewed.IsAny;

    /// <summary>Gets the files kept, in order.</summary>
    public IReadOnlyCollection<ExtractedFile> Files => _files.Values;

    /// <summary>Gets the starts of the files to view, in order.</summary>
    public IReadOnlyCollection<FileView> Views => _views.Values;

    /// <summary>Gets how many files were asked for and left out because of the limits.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Gets how many files were asked for of which next to nothing was seen.</summary>
    public long Hollow { get; private set; }

    /// <summary>Gets how many files were asked for whose content could not be held.</summary>
    public long Lost { get; private set; }

    /// <summary>Gets how many files to view there were beyond those that are kept.</summary>
    public long NotViewed { get; private set; }

    /// <summary>Gets why contents could not be written to the folder, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Gets why temporary files could not be written, or null.</summary>
    public string? TemporaryFailure => _temporary.Failure;

    /// <inheritdoc/>
    public IFileSpool? CreateSpool() => _temporary.Create();

    /// <inheritdoc/>
    public void Offer(FileTransfer file, IFileContent content)
    {
        lock (_lock)
        {
            var order = FileOrder.Of(file);
            if (viewed.Matches(file))
            {
                View(order, file, content);
            }

            if (folder is not null && Failure is null && wanted.Matches(file))
            {
                Keep(order, file, content);
            }
        }
    }

    /// <summary>Gives the files their names, and writes the list of them.</summary>
    public void Complete()
    {
        try
        {
            if (folder is not null && Failure is null && _files.Count > 0)
            {
                new NameGiver(folder).Name(_files.Values);
                Manifest.Write(folder, _files.Values);
            }
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            Failure = IoReason.Of(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _temporary.Dispose();

    private void View(FileOrder order, FileTransfer file, IFileContent content)
    {
        if (_viewEnd is { } end && order.CompareTo(end) >= 0)
        {
            NotViewed++;
            return;
        }

        var start = new byte[(int)Math.Min(viewBytes, content.Length)];
        if (!content.Read(0, start))
        {
            Lost++;
            return;
        }

        _views[order] = new FileView(file, start, content.Length);
        if (_views.Count > MostViewed)
        {
            _viewEnd = _views.Keys.Last();
            _views.Remove(_viewEnd.Value);
            NotViewed++;
        }
    }

    private void Keep(FileOrder order, FileTransfer file, IFileContent content)
    {
        if (file.IsMostlyHoles)
        {
            Hollow++;
            return;
        }

        long size = content.Length;
        if (size > limits.Bytes || (_end is { } end && order.CompareTo(end) >= 0))
        {
            LeftOut++;
            return;
        }

        try
        {
            if ((file.Sha256 ?? Hash(content)) is not { } sha256)
            {
                Lost++;
                return;
            }

            if (!_uses.ContainsKey(sha256) && !Write(sha256, content))
            {
                Lost++;
                return;
            }

            _uses[sha256] = _uses.GetValueOrDefault(sha256) + 1;
            _files.Add(order, new ExtractedFile(file, sha256, size));
            _bytes += size;
            while (_files.Count > limits.Files || _bytes > limits.Bytes)
            {
                DropLast();
            }
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            Failure = IoReason.Of(e);
        }
    }

    // What comes behind the first one that did not fit is never taken, however small: the result must not depend on the order of arrival.
    private void DropLast()
    {
        (FileOrder order, ExtractedFile last) = _files.Last();
        _files.Remove(order);
        _end = order;
        _bytes -= last.Size;
        LeftOut++;
        if (--_uses[last.Sha256] == 0)
        {
            _uses.Remove(last.Sha256);
            if (_made.Remove(last.Sha256))
            {
                File.Delete(Path.Combine(folder!, last.ContentPath));
            }
        }
    }

    private static string? Hash(IFileContent content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return Copy(content, hash.AppendData) ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
    }

    private bool Write(string sha256, IFileContent content)
    {
        string path = Path.Combine(folder!, sha256[..2], sha256);
        if (File.Exists(path) && FileHash.Of(path) == sha256)
        {
            return true;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string partial = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            bool isWhole;
            using (var file = new FileStream(partial, NewFile.Options))
            {
                isWhole = Copy(content, piece => HoledFile.Write(file, piece));
                HoledFile.End(file);
            }

            if (isWhole)
            {
                File.Move(partial, path, overwrite: true);
                _made.Add(sha256);
            }

            return isWhole;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static bool Copy(IFileContent content, SpanAction write)
    {
        var buffer = new byte[HoledFile.PieceSize];
        for (long at = 0; at < content.Length;)
        {
            Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, content.Length - at));
            if (!content.Read(at, piece))
            {
                return false;
            }

            write(piece);
            at += piece.Length;
        }

        return true;
    }

    private delegate void SpanAction(ReadOnlySpan<byte> bytes);
}
