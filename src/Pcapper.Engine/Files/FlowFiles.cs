using System.Buffers;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The files that one parser finds in its flow. Makes nothing where nobody wants to know of files.</summary>
public sealed class FlowFiles(FlowContext flow, RecordBus bus, string protocol)
{
    private readonly Emitter<FileTransfer> _transfers = bus.Emitter<FileTransfer>();
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly Emitter<ContentMatch> _matches = bus.Emitter<ContentMatch>();
    private Dictionary<int, CarriedFile>? _open;
    private int _opened;
    private long _reserved;

    /// <summary>Gets a value indicating whether anyone wants to know of files.</summary>
    public bool AreWanted => _transfers.IsWanted || Demand.KeepsContents;

    /// <summary>Gets a value indicating whether contents matter, not only sizes and first bytes: only then is it worth decoding them.</summary>
    public bool WantContents => Demand.WantsHashes || Demand.KeepsContents;

    /// <summary>Gets the protocol that carries them, unless a file says otherwise.</summary>
    internal string Protocol => protocol;

    /// <summary>Gets which flow it is.</summary>
    internal FlowId Flow => flow.Id;

    /// <summary>Gets what is wanted of files.</summary>
    internal FileDemand Demand => bus.Files;

    /// <summary>Begins a file, or gives null if nobody wants to know of it. Whoever opens a file ends it; <see cref="End"/> ends what was left open.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="frame">The frame that shows where it begins.</param>
    /// <param name="time">When that was captured.</param>
    public CarriedFile? Open(Direction direction, FrameRef frame, Timestamp time) => AreWanted ? Make(direction, frame, time, isHeld: false) : null;

    /// <summary>Begins what is no file yet, such as an encoded body: its content is held to be read and made into files; to be dropped in the end.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="frame">The frame that shows where it begins.</param>
    /// <param name="time">When that was captured.</param>
    public CarriedFile Hold(Direction direction, FrameRef frame, Timestamp time) => Make(direction, frame, time, isHeld: true);

    /// <summary>States a rule that contents break.</summary>
    public void Report(string rule, FrameRef frame, Timestamp time)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = protocol, Rule = rule });
        }
    }

    /// <summary>The flow is over, or this parser's part in it: ends the files still open as incomplete.</summary>
    public void End()
    {
        foreach (CarriedFile file in _open is null ? [] : _open.OrderBy(f => f.Key).Select(f => f.Value).ToList())
        {
            file.Cut();
        }
    }

    /// <summary>Asks for memory to hold contents in.</summary>
    internal bool TryReserve(int bytes)
    {
        if (_reserved + bytes > Limits.FileMemory)
        {
            return false;
        }

        _reserved += bytes;
        return true;
    }

    /// <summary>Gives memory back.</summary>
    internal void Release(int bytes) => _reserved -= bytes;

    /// <summary>A file has ended.</summary>
    internal void Ended(int number, FileTransfer? file, IFileContent content)
    {
        _open?.Remove(number);
        if (file is null)
        {
            return;
        }

        if (_transfers.IsWanted)
        {
            _transfers.Emit(file);
        }

        if (Demand.Store is { KeepsContents: true } store)
        {
            store.Offer(file, content);
        }

        if (Demand.Scanner is { } scanner && _matches.IsWanted && !file.IsMostlyHoles)
        {
            Scan(scanner, file, content);
        }
    }

    // What was not seen of it is zero, as in what is extracted.
    private void Scan(IContentScanner scanner, FileTransfer file, IFileContent content)
    {
        int length = (int)Math.Min(content.Length, Limits.ScannedFile);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(length);
        if (content.Read(0, bytes.AsSpan(0, length)))
        {
            foreach (RuleHit hit in scanner.Scan(bytes.AsSpan(0, length)))
            {
                _matches.Emit(new ContentMatch { Flow = file.Flow, Frame = file.Frame, Time = file.Time, Hit = hit, Direction = file.Direction, File = file });
            }
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }

    private CarriedFile Make(Direction direction, FrameRef frame, Timestamp time, bool isHeld)
    {
        _open ??= [];
        bool hasContent = _open.Count < Limits.FilesUnderWay;
        var file = new CarriedFile(this, ++_opened, direction, frame, time, hasContent, isHeld);
        if (hasContent)
        {
            _open.Add(_opened, file);
        }
        else
        {
            Report("more files under way than are followed", frame, time);
        }

        return file;
    }
}
