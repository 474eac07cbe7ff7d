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
    private readonly bool _isFull;

    private ExtractionJob(FileWish wanted, FileWish viewed, string? folder, string? zip, ExtractionLimits limits, bool isFull)
    {
        _zip = zip;
        _isFull = isFull;
        _temporary = wanted.IsAny && folder is null ? Directory.CreateTempSubdirectory("pcapper-zip-").FullName : null;
        _folder = wanted.IsAny ? folder ?? _temporary : null;
        Store = new FileStore(wanted, viewed, _folder, limits, isFull ? ViewBytesInFull : ViewBytes);
    }

    /// <summary>Gets where contents go.</summary>
    public FileStore Store { get; }

    /// <summary>Reads the options.</summary>
    /// <exception cref="PcapperException">They do not go together, or the folder cannot be used.</exception>
    public static ExtractionJob From(CommandLine line, System.CommandLine.ParseResult arguments)
    {
        string[] wanted = arguments.GetValue(line.Extract) ?? [];
        string[] viewed = arguments.GetValue(line.View) ?? [];
        string? folder = arguments.GetValue(line.ExtractOut);
        string? zip = arguments.GetValue(line.ExtractZip);
        string? limit = arguments.GetValue(line.ExtractLimit);
        if (wanted.Length == 0 && (folder ?? zip ?? limit) is not null)
        {
            throw new PcapperException($"{(folder is not null ? "--extract-out" : zip is not null ? "--extract-zip" : "--extract-limit")} needs --extract NAME (or --extract '*')", ExitCode.Usage);
        }

        if (wanted.Length + viewed.Length > 0 && arguments.GetValue(line.Redact))
        {
            throw new PcapperException("--extract and --view show contents as they are and cannot be used with --redact", ExitCode.Usage);
        }

        folder ??= zip is null ? UsualFolder : null;
        if (wanted.Length > 0 && File.Exists(folder))
        {
            throw new PcapperException($"cannot write files to {folder}: it is a file, not a folder", ExitCode.Usage);
        }

        if (Directory.Exists(zip))
        {
            throw new PcapperException($"cannot write {zip}: it is a folder", ExitCode.Usage);
        }

        ExtractionLimits limits = ExtractionLimits.Usual;
        return new ExtractionJob(
            new FileWish(wanted), new FileWish(viewed), folder, zip, limit is null ? limits : limits with { Bytes = ReadSize(limit) }, arguments.GetValue(line.Verbose));
    }

    /// <summary>Gives the extracted files their names and packs them; says on standard error what came of it.</summary>
    /// <exception cref="PcapperException">Something could not be written.</exception>
    public void Finish()
    {
        Store.Complete();
        string place = _zip ?? _folder ?? string.Empty;
        if (Store.Failure is { } failure)
        {
            throw new PcapperException($"cannot write files to {_folder}: {failure}", ExitCode.Usage);
        }

        if (_folder is not null)
        {
            Pack();
            long cut = Store.Files.Count(f => !f.File.IsComplete);
            string incomplete = cut == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {cut} of them incomplete");
            Console.Error.WriteLine($"pcapper: {(Store.Files.Count == 0 ? "no files found to extract" : $"{Units.Count(Store.Files.Count, "file")} in {place}{incomplete}")}");
        }

        if (Store.LeftOut > 0)
        {
            Console.Error.WriteLine($"pcapper: limit of extraction reached: {Units.Count(Store.LeftOut, "file")} left out (--extract-limit, or name fewer files)");
        }

        if (Store.Lost > 0)
        {
            Console.Error.WriteLine($"pcapper: {Units.Count(Store.Lost, "file")} could not be held until complete and were left out");
        }

        if (Store.TemporaryFailure is { } temporary)
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
        section.Headline(Store.Views.Count == 0 ? "no such file in this capture" : Units.Count(Store.Views.Count + Store.NotViewed, "file"));
        int number = 0;
        foreach (FileView view in Store.Views)
        {
            view.Write(section, ++number, _isFull ? int.MaxValue : ViewRows);
        }

        if (Store.NotViewed > 0)
        {
            section.Note($"{Units.Count(Store.NotViewed, "more file")} not shown.");
        }

        return section;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Store.Dispose();
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private void Pack()
    {
        try
        {
            if (_zip is not null && Store.Files.Count > 0)
            {
                InfectedZip.Write(_zip, _folder!, Store.Files);
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
