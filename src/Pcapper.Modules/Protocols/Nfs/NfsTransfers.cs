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

    private readonly FlowFiles _files = new(flow, bus, Protocol);
    private readonly RecentMap<(string? Path, ulong Handle, bool IsWrite), Transfer> _transfers = new(Most);
    private long _held;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _files.AreWanted;

    /// <summary>Gets a value indicating whether contents matter.</summary>
    public bool WantsContents => _files.WantContents;

    /// <summary>Keeps what a call wants to write until the server has taken it.</summary>
    public void Hold(List<NfsStep> steps, ReadOnlySpan<byte> arguments)
    {
        if (!_files.WantContents)
        {
            return;
        }

        foreach (NfsStep step in steps.Where(step => step.Operation == "WRITE"))
        {
            ReadOnlySpan<byte> content = step.ContentIn(arguments);
            if (_held + content.Length <= Limits.NfsWrites)
            {
                step.Content = content.ToArray();
                _held += content.Length;
            }
        }
    }

    /// <summary>Takes what a call did, with its reply; null if there was none, or a refusal.</summary>
    public void Take(RpcCall call, RpcReply? reply, List<NfsStep> steps, ReadOnlySpan<byte> results)
    {
        if (!IsWanted)
        {
            return;
        }

        foreach (NfsStep step in steps)
        {
            byte[]? written = step.Content;
            step.Content = null;
            _held -= written?.Length ?? 0;
            if (reply is not { } answer || step.Status != 0)
            {
                continue;
            }

            if (step.Operation == "CLOSE")
            {
                Close(step, isWrite: false);
                Close(step, isWrite: true);
            }
            else if (step.Operation == "WRITE")
            {
                ReadOnlySpan<byte> content = written;
                Add(step, isWrite: true, call.Direction, content[..(int)Math.Min(content.Length, step.Bytes)], call.Frame, call.Time);
            }
            else if (step.Operation == "READ")
            {
                Add(step, isWrite: false, call.Direction.Opposite(), step.ContentIn(results), answer.Frame, answer.Time);
            }
        }
    }

    /// <summary>The flow is over.</summary>
    public void End()
    {
        foreach (Transfer transfer in _transfers.Values)
        {
            transfer.End();
        }

        _files.End();
    }

    private static (string? Path, ulong Handle, bool IsWrite) Key(NfsStep step, bool isWrite) => (step.Path, step.Path is null ? step.Handle : 0, isWrite);

    private void Add(NfsStep step, bool isWrite, Direction direction, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
    {
        if (step.Bytes <= 0 || (step.Path is null && step.Handle == 0))
        {
            return;
        }

        Transfer? transfer = _transfers.Find(Key(step, isWrite));
        if (transfer is null || (step.Offset == 0 && transfer.HasStart))
        {
            transfer = new Transfer(_files.Open(direction, frame, time)!, step.Path, isWrite);
            if (_transfers.Set(Key(step, isWrite), transfer, out _) is { } gone)
            {
                gone.End();
            }
        }

        transfer.Add(step, content, frame, time);
    }

    private void Close(NfsStep step, bool isWrite) => _transfers.Remove(Key(step, isWrite))?.End();

    /// <summary>What went one way of one file.</summary>
    private sealed class Transfer(CarriedFile file, string? path, bool isWrite)
    {
        private long _end;
        private bool _isEnded;

        public bool HasStart { get; private set; }

        // Reads of one file are answered in any order.
        public void Add(NfsStep step, ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
        {
            file.WriteAt(step.Offset, content, frame, time, replaces: isWrite);
            file.Skip(unchecked(step.Offset + content.Length), step.Bytes - content.Length);
            _end = Math.Max(_end, unchecked(step.Offset + step.Bytes));
            HasStart |= step.Offset == 0;
            _isEnded |= !isWrite && step.IsEnd;
        }

        public void End()
        {
            file.Name = path;
            file.TotalBytes = _isEnded ? _end : null;
            file.End(isWhole: isWrite || _isEnded);
        }
    }
}
