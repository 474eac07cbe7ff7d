using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Input;

/// <summary>Makes captures that every worker can open: compressed ones and standard input are unpacked to a temporary file first if they are read more than once.</summary>
internal sealed class CaptureSources : IDisposable
{
    private readonly List<string> _temporary = [];
    private readonly List<RunProblem> _problems = [];

    /// <summary>Gets the captures that could not be opened.</summary>
    public IReadOnlyList<RunProblem> Problems => _problems;

    /// <summary>Prepares the captures; those that cannot be opened become problems.</summary>
    public IReadOnlyList<CaptureSource> Prepare(IReadOnlyList<string> paths, bool isReadAgain)
    {
        var sources = new List<CaptureSource>();
        foreach (string path in paths)
        {
            try
            {
                sources.Add(path == "-" ? FromStandardInput(isReadAgain) : FromFile(path, isReadAgain));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _problems.Add(new RunProblem(RunProblemKind.Input, $"{path}: {Reason(e)}"));
            }
        }

        return sources;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string path in _temporary)
        {
            File.Delete(path);
        }
    }

    private static string Reason(Exception e) => e switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException or DirectoryNotFoundException => "no such file",
        _ => e.Message,
    };

    private CaptureSource FromFile(string path, bool isReadAgain)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        long length = file.CanSeek ? file.Length : 0;
        Span<byte> first = stackalloc byte[Compression.MagicLength];
        string? compression = file.CanSeek ? Compression.Recognize(first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)]) : null;
        if (compression is null)
        {
            return new CaptureSource(path, length, index => CaptureFile.Open(path, index));
        }

        if (isReadAgain)
        {
            file.Position = 0;
            return FromTemporary(path, Compression.Unpack(compression, file));
        }

        return new CaptureSource(path, 0, index => CaptureFile.Open(Compression.Unpack(compression, File.OpenRead(path)), index));
    }

    private CaptureSource FromStandardInput(bool isReadAgain)
    {
        Stream input = Console.OpenStandardInput();
        var first = new byte[Compression.MagicLength];
        int have = input.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(first.AsMemory(0, have), input);
        if (Compression.Recognize(first.AsSpan(0, have)) is string compression)
        {
            whole = Compression.Unpack(compression, whole);
        }

        return isReadAgain ? FromTemporary("-", whole) : new CaptureSource("-", 0, index => CaptureFile.Open(whole, index));
    }

    private CaptureSource FromTemporary(string path, Stream unpacked)
    {
        string temporary = Path.Combine(Path.GetTempPath(), $"pcapper-{Path.GetRandomFileName()}");
        _temporary.Add(temporary);
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (FileStream copy = new(temporary, mode))
        {
            CopyAsFarAsPossible(path, unpacked, copy);
        }

        return new CaptureSource(path, new FileInfo(temporary).Length, index => CaptureFile.Open(temporary, index));
    }

    // A damaged archive gives what could be unpacked; the loss is reported.
    private void CopyAsFarAsPossible(string path, Stream from, FileStream to)
    {
        var buffer = new byte[1 << 17];
        while (true)
        {
            int read;
            try
            {
                read = from.Read(buffer);
            }
            catch (Exception e) when (e is IOException or InvalidDataException)
            {
                _problems.Add(new RunProblem(RunProblemKind.Input, $"{path}: {e.Message}; what could be unpacked is analysed"));
                return;
            }

            if (read == 0)
            {
                return;
            }

            to.Write(buffer, 0, read);
        }
    }
}
