namespace Pcapper;

/// <summary>
/// The file that a report goes to: written completely or not at all, under a temporary name beside it that is renamed when done.
/// What is no regular file (a pipe, a device) is written to directly; links are followed; captures that are read are refused.
/// </summary>
internal sealed class ReportFile
{
    private readonly string _named;
    private readonly string _target;

    /// <summary>Initializes a new instance of the <see cref="ReportFile"/> class.</summary>
    /// <param name="path">As the user named it.</param>
    /// <param name="inputs">The captures that are read.</param>
    /// <exception cref="PcapperException">Nothing can be written there, or it would destroy an input.</exception>
    public ReportFile(string path, IEnumerable<string> inputs)
    {
        _named = path;
        try
        {
            _target = Real(path);
            if (Directory.Exists(_target))
            {
                throw Failure("it is a folder");
            }

            if (Directory.GetParent(_target) is { Exists: false } parent)
            {
                throw Failure(File.Exists(parent.FullName) ? "a part of the path is a file, not a folder" : "the folder does not exist");
            }

            if (File.Exists(_target) && inputs.FirstOrDefault(IsTarget) is string input)
            {
                throw Failure($"it is the capture {input}");
            }
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw Failure(IoReason.Of(e, path));
        }
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="PcapperException">That failed; what was there before still is.</exception>
    public void Write(Action<Stream> write)
    {
        try
        {
            if (TryOpenDirectly() is FileStream direct)
            {
                using (direct)
                {
                    write(direct);
                }

                return;
            }

            Replace(write);
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw Failure(IoReason.Of(e, _target));
        }
    }

    // Only what has no length can be a pipe or a device.
    private FileStream? TryOpenDirectly()
    {
        if (!File.Exists(_target) || new FileInfo(_target).Length != 0)
        {
            return null;
        }

        var file = new FileStream(_target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        if (!file.CanSeek || _target.StartsWith("/dev/", StringComparison.Ordinal))
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    private void Replace(Action<Stream> write)
    {
        string temporary = $"{_target}.{Path.GetRandomFileName()}.part";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            if (!OperatingSystem.IsWindows() && File.Exists(_target))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(_target));
            }

            File.Move(temporary, _target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // By its path, or (hard links) by a lock that excludes another of the same file. Nothing but a file of the same length is opened: a pipe would block.
    private bool IsTarget(string input)
    {
        string path = input == "-" ? "/dev/stdin" : input;
        if (!File.Exists(path))
        {
            return false;
        }

        string real = Real(path);
        long length = new FileInfo(real).Length;
        if (string.Equals(real, _target, StringComparison.Ordinal))
        {
            return length != 0;
        }

        if (length == 0 || new FileInfo(_target).Length != length)
        {
            return false;
        }

        try
        {
            using FileStream mine = new(_target, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 0);
            try
            {
                using FileStream other = new(real, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                return false;
            }
            catch (IOException e) when (e is not FileNotFoundException)
            {
                return true;
            }
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            return false;
        }
    }

    // The full path first: the runtime takes a link named without its folder to be in the root folder. Only links are resolved: for a file that is still
    // to be made that would fail.
    private static string Real(string path)
    {
        string full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
    }

    private PcapperException Failure(string reason) => new($"cannot write {_named}: {reason}", ExitCode.Usage);
}
