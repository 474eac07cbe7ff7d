using System.Text;
using Pcapper.Commands;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ioc.Lists;
using Pcapper.Packets;

namespace Pcapper;

/// <summary>Lists of indicators that are read, and the file that indicators are exported to.</summary>
internal sealed class IocFiles
{
    private const string Name = "iocs";

    private readonly IIocWriter? _writer;
    private readonly ReportFile? _file;
    private readonly string _path;

    private IocFiles(IIocWriter? writer, ReportFile? file, string path) => (_writer, _file, _path) = (writer, file, path);

    /// <summary>Tells whether the options need indicators to be gathered, whether or not they are shown.</summary>
    public static bool AreAsked(CommandLine line, System.CommandLine.ParseResult arguments)
        => arguments.GetValue(line.IocExport) is not null || (arguments.GetValue(line.IocMatch) ?? []).Length > 0;

    /// <summary>Reads the lists.</summary>
    /// <exception cref="PcapperException">One cannot be read, or nothing in it can be looked for.</exception>
    public static IocOptions Options(CommandLine line, System.CommandLine.ParseResult arguments)
    {
        var patterns = new List<WatchedPattern>();
        foreach (string path in arguments.GetValue(line.IocMatch) ?? [])
        {
            IocList list = IocListReader.Read(Printable.From(Path.GetFileName(path)), ListFile.Read(path, Limits.IocList), Limits.IocEntries - patterns.Count);
            if (list.Problem is { } problem)
            {
                throw new PcapperException($"cannot use the list {path}: {problem}", ExitCode.Input);
            }

            patterns.AddRange(list.Patterns);
            if (list.Skipped > 0)
            {
                Console.Error.WriteLine($"pcapper: {Printable.From(path)}: {Units.Count(list.Skipped, "entry", "entries")} left out that cannot be looked for, {Units.Count(list.Patterns.Select(p => p.Place).Distinct(StringComparer.Ordinal).Count())} used");
            }
        }

        return new IocOptions { KeepsAll = arguments.GetValue(line.IocAll), Watched = patterns };
    }

    /// <summary>Finds out where the export goes.</summary>
    /// <exception cref="PcapperException">The options do not go together, or there is something that is not an earlier export.</exception>
    public static IocFiles Export(CommandLine line, System.CommandLine.ParseResult arguments, IReadOnlyList<string> captures)
    {
        string? format = arguments.GetValue(line.IocExport);
        string? named = arguments.GetValue(line.IocOut);
        if (format is null)
        {
            return named is null ? new IocFiles(null, null, "") : throw new PcapperException("--ioc-out needs --ioc-export json, csv, stix or misp", ExitCode.Usage);
        }

        IIocWriter writer = format switch
        {
            "json" => new IocJsonWriter(),
            "csv" => new IocCsvWriter(),
            "stix" => new StixWriter(),
            "misp" => new IocMispWriter(),
            _ => throw new PcapperException($"--ioc-export {format}: give json, csv, stix or misp", ExitCode.Usage),
        };
        string stem = captures.Count != 1 ? "pcapper" : captures[0] == "-" ? "stdin" : Stem(Path.GetFileName(captures[0]));
        string usual = $"{stem}.{Name}.{writer.Extension}";
        string path = named is null ? usual : Directory.Exists(named) ? Path.Combine(named, usual) : named;
        var file = new ReportFile(path, captures);
        return !File.Exists(path) || IsOurs(path, writer) ? new IocFiles(writer, file, path)
            : throw new PcapperException($"cannot write indicators to {path}: it exists, and is no earlier export of this format", ExitCode.Usage);
    }

    /// <summary>Writes the export, if one was asked for, and says so.</summary>
    /// <exception cref="PcapperException">It could not be written.</exception>
    public void Write(IocReport report)
    {
        if (_writer is null)
        {
            return;
        }

        _file!.Write(stream => _writer.Write(report, stream));
        long shared = report.Shared.Count();
        string left = report.Observables.Count > shared ? $"; {Units.Count(report.Observables.Count - shared)} with values that had to be cut or masked left out" : "";
        Console.Error.WriteLine($"pcapper: {Units.Count(shared, "observable")}, {Units.Count(report.Shared.Count(o => o.IsIndicator))} of them indicators, in {Printable.From(_path)}{left}");
    }

    // Both endings of a compressed capture.
    private static string Stem(string name)
    {
        string stem = Path.GetFileNameWithoutExtension(name);
        stem = Path.GetExtension(stem) is ".pcap" or ".pcapng" or ".cap" ? Path.GetFileNameWithoutExtension(stem) : stem;
        return stem.Length == 0 ? "pcapper" : stem;
    }

    // What is empty, or no file that has a length (a pipe, a device), destroys nothing.
    private static bool IsOurs(string path, IIocWriter writer)
    {
        const int Looked = 4096;
        try
        {
            if (new FileInfo(path).Length == 0)
            {
                return true;
            }

            using FileStream file = new(path, FileMode.Open, FileAccess.Read);
            byte[] start = new byte[Looked];
            return Encoding.UTF8.GetString(start, 0, file.ReadAtLeast(start, Looked, throwOnEndOfStream: false)).Contains(writer.Mark, StringComparison.Ordinal);
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException($"cannot write indicators to {path}: {IoReason.Of(e, path)}", ExitCode.Usage);
        }
    }
}
