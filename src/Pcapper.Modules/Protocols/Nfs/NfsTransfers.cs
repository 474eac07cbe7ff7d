using Pcapper.Engine;
using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>
/// Puts the reads and the writes of each file of a flow together. Versions 2 and 3 know no closing: a file ends with the flow, when it is read
/// from its beginning again, or when too many are under way.
/// </summary>
internal sealed class NfsTransfers(FlowContext flow, RecordBus bus)
{
    private const int Most = 1024;
    private const string Protocol = "nfs";

    private readonly Emitter<FileTransfer> _transfers = bus.Emitter<FileTransfer>();
    private readonly RecentMap<(string? Path, ulong Handle, bool IsWrite), Transfer> _files = new(Most);

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _transfers.IsWanted;

    /// <summary>Takes what a call did, with its reply.</summary>
    public void Take(RpcCall call, RpcReply reply, List<NfsStep> steps)
    {
        if (!IsWanted)
        {
            return;
        }

        foreach (NfsStep step in steps.Where(step => step.Status == 0))
        {
            if (step.Operation == "CLOSE")
            {
                Close(step, isWrite: false);
                Close(step, isWrite: true);
            }
            else if (step.Operation == "WRITE")
            {
                Add(step, isWrite: true, call.Direction, call.Frame, call.Time);
            }
            else if (step.Operation == "READ")
            {
                Add(step, isWrite: false, call.Direction.Opposite(), reply.Frame, reply.Time);
            }
        }
    }

    /// <summary>The flow is over.</summary>
    public void End()
    {
        foreach (Transfer file in _files.Values)
        {
            Emit(file);
        }
    }

    private static (string? Path, ulong Handle, bool IsWrite) Key(NfsStep step, bool isWrite) => (step.Path, step.Path is null ? step.Handle : 0, isWrite);

    private void Add(NfsStep step, bool isWrite, Direction direction, FrameRef frame, Timestamp time)
    {
        if (step.Bytes <= 0 || (step.Path is null && step.Handle == 0))
        {
            return;
        }

        Transfer? file = _files.Find(Key(step, isWrite));
        if (file is null || (step.Offset == 0 && file.HasStart))
        {
            file = new Transfer(step.Path, isWrite, direction, frame, time);
            if (_files.Set(Key(step, isWrite), file, out _) is { } gone)
            {
                Emit(gone);
            }
        }

        file.Add(step);
    }

    private void Close(NfsStep step, bool isWrite)
    {
        if (_files.Remove(Key(step, isWrite)) is { } file)
        {
            Emit(file);
        }
    }

    private void Emit(Transfer file) => _transfers.Emit(new FileTransfer
    {
        Flow = flow.Id,
        Frame = file.Frame,
        Time = file.Time,
        Protocol = Protocol,
        Direction = file.Direction,
        Name = file.Path,
        SniffedType = file.Type,
        SeenBytes = file.Bytes,
        TotalBytes = file.IsEnded ? file.End : null,
        IsComplete = file.HasStart && file.Bytes == file.End && (file.IsWrite || file.IsEnded),
    });

    /// <summary>What went one way of one file.</summary>
    private sealed class Transfer(string? path, bool isWrite, Direction direction, FrameRef frame, Timestamp time)
    {
        public string? Path { get; } = path;

        public bool IsWrite { get; } = isWrite;

        public Direction Direction { get; } = direction;

        public FrameRef Frame { get; } = frame;

        public Timestamp Time { get; } = time;

        public long Bytes { get; private set; }

        public long End { get; private set; }

        public bool HasStart { get; private set; }

        public bool IsEnded { get; private set; }

        public string? Type { get; private set; }

        // Reads of one file are answered in any order.
        public void Add(NfsStep step)
        {
            Bytes += step.Bytes;
            End = Math.Max(End, unchecked(step.Offset + step.Bytes));
            HasStart |= step.Offset == 0;
            IsEnded |= !IsWrite && step.IsEnd;
            Type ??= step.Type;
        }
    }
}
