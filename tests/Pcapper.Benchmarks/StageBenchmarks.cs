using BenchmarkDotNet.Attributes;
using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Packets;

namespace Pcapper.Benchmarks;

/// <summary>
/// What each stage costs, each including those before it, over one capture held in memory: the sample, or the file that
/// <c>PCAPPER_BENCH_CAPTURE</c> names. <c>dotnet run -c Release --project tests/Pcapper.Benchmarks -- --filter '*'</c>.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class StageBenchmarks
{
    private static readonly HashSet<string> s_base = ["overview"];
    private static readonly HashSet<string> s_all = ["overview", .. new Catalog().Analyzers.Select(make => make().Info.Name), .. new Catalog().Rollups.Select(make => make().Info.Name)];

    private byte[] _capture = [];
    private RunOutcome? _outcome;

    /// <summary>Gets the modules that <see cref="Module"/> runs one at a time.</summary>
    public static IEnumerable<string> Modules => new Catalog().Analyzers.Select(make => make().Info.Name).Order(StringComparer.Ordinal);

    /// <summary>Loads the capture.</summary>
    [GlobalSetup]
    public void Load()
    {
        _capture = File.ReadAllBytes(Environment.GetEnvironmentVariable("PCAPPER_BENCH_CAPTURE") ?? Sample());
        _outcome = Analyze(s_all);
    }

    /// <summary>Frames out of the file format.</summary>
    [Benchmark]
    public long Read()
    {
        using CaptureReader reader = Open(0);
        var frame = default(Frame);
        long bytes = 0;
        while (reader.TryRead(ref frame))
        {
            bytes += frame.Bytes.Length;
        }

        return bytes;
    }

    /// <summary>Frames into packets.</summary>
    [Benchmark]
    public long Decode()
    {
        using CaptureReader reader = Open(0);
        var frame = default(Frame);
        var packet = default(Packet);
        long bytes = 0;
        while (reader.TryRead(ref frame))
        {
            PacketDecoder.Decode(frame, ref packet);
            bytes += packet.PayloadLength;
        }

        return bytes;
    }

    /// <summary>Packets into flows, and the base report's state.</summary>
    [Benchmark]
    public RunOutcome Flows() => Analyze(s_base);

    /// <summary>One module: reassembly, its protocols' parsers, its state and conclusions.</summary>
    [Benchmark]
    [ArgumentsSource(nameof(Modules))]
    public RunOutcome Module(string module) => Analyze([module]);

    /// <summary>All modules.</summary>
    [Benchmark]
    public RunOutcome All() => Analyze(s_all);

    /// <summary>The report of all modules as JSON.</summary>
    [Benchmark]
    public long Render()
    {
        using var output = new MemoryStream();
        new JsonRenderer().Render(new ReportDocument(new ReportHeader("pcapper", "bench", []), _outcome!.Captures, _outcome.Findings) { Sections = _outcome.Sections }, output, new RenderOptions());
        return output.Length;
    }

    private static string Sample()
    {
        const string Name = "samples/office-day.pcapng";
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Name)))
            {
                return Path.Combine(folder.FullName, Name);
            }
        }

        throw new FileNotFoundException(Name);
    }

    private RunOutcome Analyze(HashSet<string> modules)
        => Run.Analyze([new CaptureSource("bench", _capture.Length, Open)], new Catalog(), new RunOptions { Modules = modules, KeepsAllRows = false });

    private CaptureReader Open(int index) => CaptureFile.Open(new MemoryStream(_capture), index);
}
