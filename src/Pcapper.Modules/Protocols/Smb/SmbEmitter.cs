using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>States what happens on a connection, and counts what is stated at its end.</summary>
internal sealed class SmbEmitter(FlowContext flow, RecordBus bus)
{
    private const int MostStatuses = 64;
    private const string Protocol = "smb";

    /// <summary>The scheme of passwords in group policy.</summary>
    internal const string PolicyScheme = "group policy";

    private readonly Emitter<SmbNegotiation> _negotiations = bus.Emitter<SmbNegotiation>();
    private readonly Emitter<SmbLogin> _logins = bus.Emitter<SmbLogin>();
    private readonly Emitter<SmbTreeConnect> _trees = bus.Emitter<SmbTreeConnect>();
    private readonly Emitter<SmbFileEvent> _files = bus.Emitter<SmbFileEvent>();
    private readonly Emitter<SmbResponse> _responses = bus.Emitter<SmbResponse>();
    private readonly Emitter<SmbSignal> _signals = bus.Emitter<SmbSignal>();
    private readonly Emitter<SmbFlowSummary> _summaries = bus.Emitter<SmbFlowSummary>();
    private readonly Emitter<SmbPolicyPassword> _policies = bus.Emitter<SmbPolicyPassword>();
    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();
    private readonly FlowFiles _contents = new(flow, bus, Protocol);
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly SortedDictionary<string, long> _commands = new(StringComparer.Ordinal);
    private SortedDictionary<uint, (long Count, FrameRef First)>? _statuses;
    private (FrameRef Frame, Timestamp Time, Direction Requests)? _first;
    private DceRpcCalls? _calls;
    private SmbContent? _rest;
    private int _askers;
    private long _encrypted;
    private long _compressed;
    private long _pending;
    private long _read;
    private long _written;

    /// <summary>Gets the flow.</summary>
    public FlowContext Flow => flow;

    /// <summary>Gets where records go.</summary>
    public RecordBus Bus => bus;

    /// <summary>Gets or sets which way requests go.</summary>
    public Direction Requests { get; set; }

    /// <summary>States that a request was answered.</summary>
    public void Answered(Direction direction, Timestamp asked, FrameRef frame, Timestamp time)
    {
        if (_responses.IsWanted)
        {
            _responses.Emit(new SmbResponse { Flow = flow.Id, Frame = frame, Time = time, Direction = direction, ResponseTime = Math.Max(0, time - asked) });
        }
    }

    /// <summary>
    /// Tells whether a message can be what its header says, and which way requests go then: who has asked, and was never asked, has nothing
    /// to answer. What he says of himself as a server would be told of the other.
    /// </summary>
    /// <param name="sender">Who sends it.</param>
    /// <param name="isResponse">What its header says.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="time">The time.</param>
    /// <param name="isAsking">False for what servers of SMB 1 ask clients: to give back a lock (MS-CIFS, 3.2.5.42).</param>
    public bool Admits(Direction sender, bool isResponse, FrameRef frame, Timestamp time, bool isAsking = true)
    {
        int mine = 1 << (int)sender;
        if (isResponse && _askers == mine)
        {
            Anomaly("response from the side that asks", frame, time);
            return false;
        }

        _askers |= isResponse || !isAsking ? 0 : mine;
        Requests = isResponse ? sender.Opposite() : sender;
        return true;
    }

    /// <summary>Counts a request.</summary>
    public void CountRequest(string command, FrameRef frame, Timestamp time)
    {
        Begin(frame, time);
        _commands[command] = _commands.GetValueOrDefault(command) + 1;
    }

    /// <summary>Counts a response.</summary>
    public void CountStatus(uint status, FrameRef frame, Timestamp time)
    {
        Begin(frame, time);
        if (status is 0 or SmbStatus.MoreProcessingRequired)
        {
            return;
        }

        if (status == SmbStatus.Pending)
        {
            _pending++;
        }
        else if ((_statuses ??= []).TryGetValue(status, out (long Count, FrameRef First) known))
        {
            _statuses[status] = (known.Count + 1, known.First);
        }
        else if (_statuses.Count < MostStatuses)
        {
            _statuses.Add(status, (1, frame));
        }
    }

    /// <summary>Counts an encrypted message.</summary>
    public void CountEncrypted(FrameRef frame, Timestamp time)
    {
        Begin(frame, time);
        _encrypted++;
    }

    /// <summary>Counts a compressed message.</summary>
    public void CountCompressed(FrameRef frame, Timestamp time)
    {
        Begin(frame, time);
        _compressed++;
    }

    /// <summary>Takes content that was read from a file or written to it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isWrite">Which of the two.</param>
    /// <param name="offset">Where in the file it stands.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="data">As much of it as is at hand.</param>
    /// <param name="before">How many bytes that are not at hand stand in front of it.</param>
    /// <param name="frame">The frame that shows it.</param>
    /// <param name="time">Its time.</param>
    public void Content(SmbOpenFile file, bool isWrite, long offset, long length, ReadOnlySpan<byte> data, long before, FrameRef frame, Timestamp time)
    {
        if (!_contents.AreWanted || file.Kind == SmbFileKind.Pipe || length == 0)
        {
            return;
        }

        SmbTransfer transfer = isWrite ? file.Written : file.Read;
        if ((transfer.File ??= _contents.Open(isWrite ? Requests : Requests.Opposite(), frame, time)) is { } carried)
        {
            carried.WriteAt(offset, data, frame, time, replaces: isWrite);
            _rest = data.Length < length ? new SmbContent(carried, unchecked(offset + data.Length), Math.Max(0, before), length - data.Length, isWrite) : null;
        }
    }

    /// <summary>Gets the content that goes on behind what was at hand of the latest message, or null; once.</summary>
    public SmbContent? TakeRest()
    {
        SmbContent? rest = _rest;
        _rest = null;
        return rest;
    }

    /// <summary>Counts bytes of files.</summary>
    public void CountBytes(long read, long written)
    {
        _read += read;
        _written += written;
    }

    /// <summary>States a negotiation.</summary>
    public void Negotiated(SmbNegotiation negotiation) => Emit(_negotiations, negotiation);

    /// <summary>States a login.</summary>
    public void LoggedIn(SmbLogin login) => Emit(_logins, login);

    /// <summary>States a tree connect.</summary>
    public void Connected(SmbTreeConnect connect) => Emit(_trees, connect);

    /// <summary>States what was done with a file.</summary>
    public void Did(SmbFileEvent what) => Emit(_files, what);

    /// <summary>States a telling message.</summary>
    public void Signal(SmbSignalKind kind, long value, FrameRef frame, Timestamp time)
        => Emit(_signals, new SmbSignal { Flow = flow.Id, Frame = frame, Time = time, Direction = Requests, Kind = kind, Value = value });

    /// <summary>States a broken rule.</summary>
    public void Anomaly(string rule, FrameRef frame, Timestamp time)
        => Emit(_anomalies, new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = Protocol, Rule = rule });

    /// <summary>States that a file was opened, or not.</summary>
    public void Opened(SmbOpenFile file, uint status, Timestamp? modified, FrameRef frame, Timestamp time)
        => Did(Event(file, SmbFileAction.Open, frame, time) with { Status = status, Size = file.Size, Modified = modified });

    /// <summary>States that a file was renamed.</summary>
    public void Renamed(SmbOpenFile file, string name, FrameRef frame, Timestamp time)
    {
        Did(Event(file, SmbFileAction.Rename, frame, time) with { NewName = name });
        file.Name = name;
    }

    /// <summary>States what was done with a file while it was open.</summary>
    public void Closed(SmbOpenFile file, FrameRef frame, Timestamp time)
    {
        file.Association?.End();
        Transferred(file, file.Read, SmbFileAction.Read);
        Transferred(file, file.Written, SmbFileAction.Write);
        if (file.Preference is { } preference)
        {
            Passwords(file, preference);
        }

        if (file.IsDeletedOnClose)
        {
            Did(Event(file, SmbFileAction.Delete, frame, time));
        }
    }

    /// <summary>Begins to follow what is spoken over a pipe.</summary>
    public DceRpcAssociation Pipe(string name, string? account) => new(_calls ??= new DceRpcCalls(flow, bus), Requests, name, account);

    /// <summary>States the sums.</summary>
    public void End()
    {
        _contents.End();
        if (_first is { } first)
        {
            _first = null;
            Emit(_summaries, new SmbFlowSummary
            {
                Flow = flow.Id,
                Frame = first.Frame,
                Time = first.Time,
                Direction = first.Requests,
                Commands = [.. _commands.Select(entry => (entry.Key, entry.Value))],
                Statuses = _statuses is null ? [] : [.. _statuses.Select(entry => (entry.Key, entry.Value.Count, entry.Value.First))],
                Encrypted = _encrypted,
                Compressed = _compressed,
                Pending = _pending,
                ReadBytes = _read,
                WrittenBytes = _written,
            });
        }
    }

    private void Begin(FrameRef frame, Timestamp time) => _first ??= (frame, time, Requests);

    private static void Emit<TRecord>(Emitter<TRecord> emitter, TRecord record)
        where TRecord : ProtocolRecord
    {
        if (emitter.IsWanted)
        {
            emitter.Emit(record);
        }
    }

    private SmbFileEvent Event(SmbOpenFile file, SmbFileAction action, FrameRef frame, Timestamp time) => new()
    {
        Flow = flow.Id,
        Frame = frame,
        Time = time,
        Direction = Requests,
        Action = action,
        Kind = file.Kind,
        Share = file.Tree?.Path,
        Name = file.Name,
        Account = file.Account,
    };

    private void Passwords(SmbOpenFile file, SmbPreferenceFile preference)
    {
        string path = file.Tree is { } tree ? $"{tree.Path}\\{file.Name}" : file.Name;
        foreach (PolicyPassword found in PolicyPassword.Read(preference.Bytes))
        {
            Emit(_policies, new SmbPolicyPassword
            {
                Flow = flow.Id,
                Frame = file.Read.Frame,
                Time = file.Read.Time,
                Direction = Requests,
                Path = path,
                User = found.User,
                Account = file.Account,
            });
            Emit(_credentials, new CredentialSeen
            {
                Flow = flow.Id,
                Frame = file.Read.Frame,
                Time = file.Read.Time,
                Protocol = Protocol,
                Scheme = PolicyScheme,
                Kind = CredentialKind.Password,
                Direction = Requests,
                User = found.User,
                Secret = Secret.From(found.Password ?? found.Encrypted),
                OnWire = Secret.From(found.Encrypted),
                Realm = path,
            });
        }
    }

    private void Transferred(SmbOpenFile file, SmbTransfer transfer, SmbFileAction action)
    {
        if (transfer.Bytes == 0)
        {
            return;
        }

        Did(Event(file, action, transfer.Frame, transfer.Time) with { Bytes = transfer.Bytes, SniffedType = transfer.Type, Entropy = file.Kind == SmbFileKind.Pipe ? null : transfer.Entropy, Size = file.Size });
        if (transfer.File is { } carried)
        {
            carried.Name = file.Name;
            carried.Location = file.Tree?.Path;
            carried.TotalBytes = action == SmbFileAction.Read ? file.Size : null;
            carried.End(isWhole: true);
        }
    }
}
