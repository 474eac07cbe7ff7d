using System.Globalization;
using Pcapper.Commands;
using Pcapper.Engine;

namespace Pcapper.Extraction;

/// <summary>What <c>--extract</c> and <c>--view</c> ask for, from the options to the words at the end.</summary>
internal sealed class ExtractionJob : IDisposable
{
    private const string UsualFolder = "files";
    private const int ViewBytes = 4 * 1024;
    private const int ViewBytesInFull = 64 * 1024;
    private const int ViewRows = 40;

    private readonly string? _folder;
    private readonly string? _zip;
    private readonly string? _temporary;
    private readonly string? _mailFolder;
    private readonly bool _isFull;
    private readonly FileStore _files;
    private readonly FileStore _mails;

    private ExtractionJob(FileWish wanted, FileWish viewed, string? folder, string? zip, string? mailFolder, ExtractionLimits limits, bool isFull)
    {
        _mailFolder = mailFolder;
        _zip = zip;
        _isFull = isFull;
        _temporary = wanted.IsAny && folder is null ? Directory.CreateTempSubdirectory("pcapper-zip-").FullName : null;
        _folder = wanted.IsAny ? folder ?? _temporary : null;
        _files = new FileStore(wanted, viewed, _folder, limits, isFull ? ViewBytesInFull : ViewBytes);
        _mails = new FileStore(mailFolder is null ? new FileWish([]) : FileWish.Mails, new FileWish([]), mailFolder, limits, 0);
        Store = new FileStores(_files, _mails);
    }

    /// <summary>Gets where contents go.</summary>
    public IFileStore Store { get; }

    /// <summary>Reads the options.</summary>
    /// <exception cref="PcapperException">They do not go together, or the folder cannot be used.</exception>
    public static ExtractionJob From(CommandLine line, System.CommandLine.ParseResult arguments)
    {
        string[] wanted = arguments.GetValue(line.Extract) ?? [];
        string[] viewed = arguments.GetValue(line.View) ?? [];
        string? folder = arguments.GetValue(line.ExtractOut);
        string? zip = arguments.GetValue(line.ExtractZip);
        string? limit = arguments.GetValue(line.ExtractLimit);
        string? mails = arguments.GetValue(line.EmailOut);
        if (wanted.Length == 0 && (folder ?? zip ?? (mails is null ? limit : null)) is not null)
        {
            throw new PcapperException($"{(folder is not null ? "--extract-out" : zip is not null ? "--extract-zip" : "--extract-limit")} needs --extract NAME (or --extract '*')", ExitCode.Usage);
        }

        if (wanted.Length + viewed.Length > 0 && arguments.GetValue(line.Redact))
        {
            throw new PcapperException("--extract and --view show contents as they are and cannot be used with --redact", ExitCode.Usage);
        }

        if (mails is not null && arguments.GetValue(line.Redact))
        {
            throw new PcapperException("--email-out writes mails as they are and cannot be used with --redact", ExitCode.Usage);
        }

        if (File.Exists(mails))
        {
            throw new PcapperException($"cannot write mails to {mails}: it is a file, not a folder", ExitCode.Usage);
        }

        folder ??= zip is null ? UsualFolder : null;
        if (wanted.Length > 0 && File.Exists(folder))
        {
            throw new PcapperException($"cannot write files to {folder}: it is a file, not a folder", ExitCode.Usage);
        }

        if (wanted.Length > 0 && folder is not null && mails is not null && Path.GetFullPath(folder).TrimEnd('/', '\\') == Path.GetFullPath(mails).TrimEnd('/', '\\'))
        {
            throw new PcapperException("--email-out and --extract-out need different folders", ExitCode.Usage);
        }

        if (Path.Exists(zip))
        {
            throw new PcapperException($"cannot write {zip}: {(Directory.Exists(zip) ? "it is a folder" : "it is there already")}", ExitCode.Usage);
        }

        ExtractionLimits limits = ExtractionLimits.Usual;
        return new ExtractionJob(
            new FileWish(wanted), new FileWish(viewed), folder, zip, mails, limit is null ? limits : limits with { Bytes = ReadSize(limit) }, arguments.GetValue(line.Verbose));
    }

    /// <summary>Gives the extracted files their names and packs them; says on standard error what came of it.</summary>
    /// <exception cref="PcapperException">Something could not be written.</exception>
    public void Finish()
    {
        _files.Complete();
        _mails.Complete();
        string place = _zip ?? _folder ?? string.Empty;
        Check(_files, "files", _folder);
        Check(_mails, "mails", _mailFolder);
        if (_folder is not null)
        {
            Pack();
            Tell(_files, "file", place);
        }

        if (_mailFolder is not null)
        {
            Tell(_mails, "mail", _mailFolder);
        }

        TellMissing(_files, "file");
        TellMissing(_mails, "mail");
        if (_files.TemporaryFailure is { } temporary)
        {
            Console.Error.WriteLine($"pcapper: temporary files could not be written: {temporary}; some contents are not known");
        }
    }

    /// <summary>Gets the section that shows the files to view, or null if none was asked for.</summary>
    public Section? View(bool isAsked)
    {
        if (!isAsked)
        {
            return null;
        }

        var section = new Section("view", "Contents");
        section.Headline(_files.Views.Count == 0 ? "no such file in this capture" : Units.Count(_files.Views.Count + _files.NotViewed, "file"));
        int number = 0;
        foreach (FileView view in _files.Views)
        {
            view.Write(section, ++number, _isFull ? int.MaxValue : ViewRows);
        }

        if (_files.NotViewed > 0)
        {
            section.Note($"{Units.Count(_files.NotViewed, "more file")} not shown.");
        }

        return section;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _files.Dispose();
        _mails.Dispose();
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private static void Check(FileStore store, string what, string? folder)
    {
        if (store.Failure is { } failure)
        {
            throw new PcapperException($"cannot write {what} to {folder}: {failure}", ExitCode.Usage);
        }
    }

    private static void Tell(FileStore store, string what, string place)
    {
        long cut = store.Files.Count(f => !f.File.IsComplete);
        string incomplete = cut == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {cut} of them incomplete");
        Console.Error.WriteLine($"pcapper: {(store.Files.Count == 0 ? $"no {what}s found to extract" : $"{Units.Count(store.Files.Count, what)} in {place}{incomplete}")}");
    }

    private static void TellMissing(FileStore store, string what)
    {
        if (store.LeftOut > 0)
        {
            Console.Error.WriteLine($"pcapper: limit of extraction reached: {Units.Count(store.LeftOut, what)} left out (--extract-limit, or name fewer files)");
        }

        if (store.Hollow > 0)
        {
            Console.Error.WriteLine($"pcapper: {Units.Count(store.Hollow, what)} left out of which next to nothing was seen (--view shows how they begin)");
        }

        if (store.Lost > 0)
        {
            Console.Error.WriteLine($"pcapper: {Units.Count(store.Lost, what)} could not be held until complete and were left out");
        }
    }

    private void Pack()
    {
        try
        {
            if (_zip is not null && _files.Files.Count > 0)
            {
                InfectedZip.Write(_zip, _folder!, _files.Files);
            }
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException($"cannot write {_zip}: {IoReason.Of(e)}", ExitCode.Usage);
        }
    }

    // 500, 64K, 10M, 4G: units of 1,024.
    private static long ReadSize(string text)
    {
        int shift = text.Length == 0 ? 0 : char.ToUpperInvariant(text[^1]) switch { 'K' => 10, 'M' => 20, 'G' => 30, 'T' => 40, _ => 0 };
        bool isNumber = long.TryParse(shift == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long number);
        return isNumber && number > 0 && number <= long.MaxValue >> shift
            ? number << shift
            : throw new PcapperException($"--extract-limit {text}: give a size such as 500M or 4G", ExitCode.Usage);
    }
}
