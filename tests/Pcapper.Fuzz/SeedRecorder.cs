using Pcapper.Engine;
using Pcapper.Modules;
using Pcapper.Packets;

namespace Pcapper.Fuzz;

/// <summary>Writes what each flow of a capture showed its parser as an input of the target <c>protocol</c>: real messages to start from.</summary>
internal sealed class SeedRecorder(string folder) : ICatalog
{
    private const int MostPerFlow = 16 * 1024;
    private const int MostPerProtocol = 400;

    private readonly Catalog _catalog = new();
    private readonly Dictionary<string, int> _written = [];

    /// <inheritdoc/>
    public IReadOnlyList<IProtocol> Protocols => [.. _catalog.Protocols.Select((protocol, index) => new Recorded(this, protocol, (byte)index))];

    /// <inheritdoc/>
    public IReadOnlyList<Func<RecordBus, IPacketConsumer?>> PacketParsers => _catalog.PacketParsers;

    /// <inheritdoc/>
    public IReadOnlyList<Func<IAnalyzer>> Analyzers => _catalog.Analyzers;

    /// <inheritdoc/>
    public IReadOnlyList<Func<IRollup>> Rollups => _catalog.Rollups;

    /// <inheritdoc/>
    public IReadOnlyList<ILogSchema> Logs => [];

    /// <summary>Reads a capture with all modules and writes a file per flow to a folder per protocol.</summary>
    public void Record(string path)
        => Run.Analyze([new CaptureSource(path, new FileInfo(path).Length, index => CaptureFile.Open(File.OpenRead(path), index))], this, new RunOptions { Modules = Targets.AllModules });

    private void Write(string protocol, List<byte> seed)
    {
        int number = _written.GetValueOrDefault(protocol);
        if (seed.Count < 4 || number >= MostPerProtocol)
        {
            return;
        }

        _written[protocol] = number + 1;
        Directory.CreateDirectory(Path.Combine(folder, protocol));
        File.WriteAllBytes(Path.Combine(folder, protocol, $"{number:D4}.bin"), [.. seed]);
    }

    private sealed class Recorded(SeedRecorder recorder, IProtocol protocol, byte index) : IProtocol
    {
        public string Name => protocol.Name;

        public Transports Transports => protocol.Transports;

        public ReadOnlySpan<ushort> UsualPorts => protocol.UsualPorts;

        public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => protocol.Probe(direction, first);

        public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new RecordedParser(recorder, protocol, index, protocol.CreateParser(flow, bus));
    }

    private sealed class RecordedParser(SeedRecorder recorder, IProtocol protocol, byte index, FlowParser parser) : FlowParser
    {
        private readonly List<byte> _seed = [index];

        public override int MaxMessage => parser.MaxMessage;

        public override bool FollowsOneDirection => parser.FollowsOneDirection;

        public override ParseResult Parse(Direction direction, in StreamChunk chunk)
        {
            ParseResult result = parser.Parse(direction, chunk);
            if (result.Status is ParseStatus.Done or ParseStatus.Upgrade)
            {
                Add(direction, chunk.Bytes[..(int)Math.Clamp(result.Bytes, 0, chunk.Bytes.Length)], chunk.IsDatagram);
            }

            return result;
        }

        public override bool OnGap(Direction direction, long missing) => parser.OnGap(direction, missing);

        public override void OnClose(Direction direction, Timestamp time) => parser.OnClose(direction, time);

        public override void OnEnd()
        {
            parser.OnEnd();
            recorder.Write(protocol.Name, _seed);
        }

        private void Add(Direction direction, ReadOnlySpan<byte> bytes, bool isDatagram)
        {
            for (; !bytes.IsEmpty && _seed.Count < MostPerFlow; bytes = bytes[Math.Min(bytes.Length, byte.MaxValue)..])
            {
                ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, byte.MaxValue)];
                _seed.Add((byte)((int)direction | (isDatagram ? Targets.Datagram : 0)));
                _seed.Add((byte)piece.Length);
                _seed.AddRange(piece);
            }
        }
    }
}
