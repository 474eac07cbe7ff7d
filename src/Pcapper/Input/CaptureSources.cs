using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Input;

/// <summary>
/// Makes captures that every worker can open: compressed ones and standard input are unpacked to a temporary file first if there are
/// several workers. One that would become too large there is read as it is unpacked, and then by one worker.
/// </summary>
/// <param name="workers">How many workers are wanted.</param>
/// <param name="isReadTwice">Whether each capture is read twice from the start.</param>
internal sealed class CaptureSources(int workers, bool isReadTwice) : IDisposable
{
    private const long AlwaysAllowed = 256 * 1024 * 1024;

    private readonly List<string> _temporary = [];
    private readonly List<RunProblem> _problems = [];

    /// <summary>Gets how many workers can read the captures.</summary>
    public int Workers { get; private set; } = workers;

    /// <summary>Gets what is wrong with captures, and which limits were hit.</summary>
    public IReadOnlyList<RunProblem> Problems => _problems;

    /// <summary>Prepares the captures; those that cannot be opened become problems.</summary>
    public IReadOnlyList<CaptureSource> Prepare(IReadOnlyList<string> paths)
    {
        var sources = new List<CaptureSource>();
        foreach (string path in paths)
        {
            try
            {
                sources.Add(path == "-" ? FromStandardInput() : FromFile(path));
            }
            catch (Exception e) when (IoReason.Applies(e))
            {
                _problems.Add(new RunProblem(RunProblemKind.Input, $"{path}: {IoReason.Of(e)}"));
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

    private CaptureSource FromFile(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        long length = file.CanSeek ? file.Length : 0;
        Span<byte> first = stackalloc byte[Compression.MagicLength];
        string? compression = file.CanSeek ? Compression.Recognize(first[..file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false)]) : null;
        if (compression is null)
        {
            return new CaptureSource(path, length, index => CaptureFile.Open(path, index));
        }

        if (Workers > 1)
        {
            file.Position = 0;
            long most = Math.Min(Limits.UnpackedCapture, Math.Max(AlwaysAllowed, length * Limits.UnpackedRatio));
            using Stream unpacked = Compression.Unpack(compression, file);
            if (TryCopy(path, unpacked, most, out string temporary))
            {
                return Temporary(path, temporary, length);
            }

            File.Delete(temporary);
        }

        return new CaptureSource(path, 0, index => CaptureFile.Open(Compression.Unpack(compression, File.OpenRead(path)), index)) { StoredLength = length };
    }

    private CaptureSource FromStandardInput()
    {
        Stream input = Console.OpenStandardInput();
        var first = new byte[Compression.MagicLength];
        int have = input.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        Stream whole = new PrefixedStream(new MemoryStream(first, 0, have), input);
        if (Compression.Recognize(first.AsSpan(0, have)) is string compression)
        {
            whole = Compression.Unpack(compression, whole);
        }

        if (Workers > 1 || isReadTwice)
        {
            if (TryCopy("-", whole, Limits.UnpackedCapture, out string temporary))
            {
                return Temporary("-", temporary, stored: 0);
            }

            if (isReadTwice)
            {
                throw new PcapperException("standard input is too large to be read twice: save it to a file first", ExitCode.Usage);
            }

            whole = new PrefixedStream(File.OpenRead(temporary), whole);
        }

        return new CaptureSource("-", 0, index => CaptureFile.Open(whole, index));
    }

    private static CaptureSource Temporary(string path, string temporary, long stored)
        => new(path, new FileInfo(temporary).Length, index => CaptureFile.Open(temporary, index)) { StoredLength = stored };

    // A damaged archive gives what could be unpacked, and the loss is reported. False if there is more than allowed, or no room: then what was
    // read so far is in the file, and there is one worker.
    private bool TryCopy(string path, Stream from, long most, out string temporary)
    {
        temporary = Path.Combine(Path.GetTempPath(), $"pcapper-{Path.GetRandomFileName()}");
        _temporary.Add(temporary);
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream to = new(temporary, mode);
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
                _problems.Add(new RunProblem(RunProblemKind.Input, $"{path}: {IoReason.Of(e)}; what could be unpacked is analysed"));
                return true;
            }

            if (read == 0)
            {
                return true;
            }

            try
            {
                to.Write(buffer, 0, read);
            }
            catch (IOException e) when (path != "-")
            {
                return ReadByOneWorker($"{path}: no room to unpack it into {Path.GetTempPath()} ({IoReason.Of(e)})");
            }

            if (to.Position > most)
            {
                return ReadByOneWorker($"{path}: unpacks to more than {Units.Bytes(most)}");
            }
        }
    }

    private bool ReadByOneWorker(string why)
    {
        Workers = 1;
        _problems.Add(new RunProblem(RunProblemKind.Limit, $"{why}, so it was read as it was unpacked, by one worker"));
        return false;
    }
}
