using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Modules.Analyses.Files;
using Pcapper.Modules.Analyses.Ioc.Lists;
using Pcapper.Packets;

namespace Pcapper.Fuzz;

/// <summary>What is fed with hostile bytes. None of it may throw.</summary>
internal static class Targets
{
    /// <summary>The bit of a chunk's first byte that makes the flow one of datagrams, where the protocol has both.</summary>
    public const int Datagram = 0x80;

    private static readonly Catalog s_catalog = new();

    /// <summary>Gets the names of all modules.</summary>
    public static HashSet<string> AllModules { get; } = ["overview", .. s_catalog.Analyzers.Select(make => make().Info.Name), .. s_catalog.Rollups.Select(make => make().Info.Name)];

    /// <summary>Gets a target by its name, or null.</summary>
    public static Action<byte[]>? Find(string name) => name switch
    {
        "capture" => Capture,
        "protocol" => Protocol,
        "ioc" => Ioc,
        "state" => State,
        "file" => File,
        _ => null,
    };

    private static void Capture(byte[] input)
    {
        RunOutcome outcome = Run.Analyze(
            [new CaptureSource("fuzz", input.Length, index => CaptureFile.Open(new MemoryStream(input), index))], s_catalog, new RunOptions { Modules = AllModules });
        var document = new ReportDocument(new ReportHeader("pcapper", "fuzz", []), outcome.Captures, outcome.Findings) { Sections = outcome.Sections, Overview = outcome.Overview };
        foreach (IReportRenderer renderer in (IReportRenderer[])[new TextRenderer(), new MarkdownRenderer(), new JsonRenderer()])
        {
            renderer.Render(document, Stream.Null, new RenderOptions { Verbose = true });
        }
    }

    // Byte 0 chooses the protocol; then chunks: a byte of direction and gaps, a byte of length, the bytes.
    private static void Protocol(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        IProtocol protocol = s_catalog.Protocols[input[0] % s_catalog.Protocols.Count];
        bool isDatagram = !protocol.Transports.HasFlag(Transports.Tcp) || (protocol.Transports.HasFlag(Transports.Udp) && (input[1] & Datagram) != 0);
        FlowParser parser = protocol.CreateParser(new FuzzFlow(), FuzzBus.Create());
        byte[][] rest = [[], []];
        for (int at = 1; at + 2 < input.Length;)
        {
            int head = input[at];
            int length = Math.Min(input[at + 1], input.Length - at - 2);
            var direction = (Direction)(head & 1);
            byte[] chunk = input[(at + 2)..(at + 2 + length)];
            at += 2 + length;
            protocol.Probe(direction, chunk);
            if (ParserFeed.Feed(parser, direction, isDatagram ? chunk : [.. rest[(int)direction], .. chunk], isDatagram) is not { } left)
            {
                break;
            }

            rest[(int)direction] = left;
            if ((head & 2) != 0)
            {
                parser.OnGap(direction, head);
                rest[(int)direction] = [];
            }
        }

        parser.OnEnd();
    }

    // The first bytes of a file, under a name that makes all of it be looked at.
    private static void File(byte[] input)
    {
        var analyzer = new FilesAnalyzer();
        analyzer.Consume(new FileTransfer
        {
            Flow = new FuzzFlow().Id,
            Frame = new FrameRef(0, 1),
            Time = default,
            Id = "F",
            Protocol = "tftp",
            Direction = Direction.ToOriginator,
            Name = "a.pdf.exe",
            SniffedType = s_catalog.Sniff!(input),
            SeenBytes = input.Length,
            IsComplete = true,
            Head = input,
        });
        analyzer.Conclude(analyzer.State, new Conclusions(analyzer.Info, [], new Dictionary<Type, AnalyzerState>()));
    }

    private static void Ioc(byte[] input) => IocListReader.Read("fuzz", input, 1000);

    private static void State(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        IAnalyzer analyzer = s_catalog.Analyzers[input[0] % s_catalog.Analyzers.Count]();
        var reader = new StateReader(input.AsSpan(1));
        analyzer.State.Read(ref reader);
        if (!reader.Failed)
        {
            analyzer.Conclude(analyzer.State, new Conclusions(analyzer.Info, [], new Dictionary<Type, AnalyzerState>()));
        }
    }
}
