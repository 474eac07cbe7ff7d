using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Who opens which files where, who calls which procedures, and which of it is an attack.</summary>
public sealed class SmbAnalyzer
    : Analyzer<SmbState>, IRecordConsumer<SmbNegotiation>, IRecordConsumer<SmbLogin>, IRecordConsumer<SmbTreeConnect>, IRecordConsumer<SmbFileEvent>,
      IRecordConsumer<SmbSignal>, IRecordConsumer<SmbFlowSummary>, IRecordConsumer<SmbPolicyPassword>, IRecordConsumer<DceRpcCall>
{
    private const string Unknown = "unknown";

    // Thousandths of a bit for each byte: text has about 5, documents and programs up to 7, random bytes 7.6 of 512 and more of more.
    private const int PlainBelow = 6_000;
    private const int RandomFrom = 7_500;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "smb", "--smb", "SMB", "SMB 1 to 3 and DCE/RPC: servers, sessions, shares, files, pipes, remote procedures, lateral movement, exploits", 2, SmbFindings.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<SmbNegotiation>(this);
        bus.Subscribe<SmbLogin>(this);
        bus.Subscribe<SmbTreeConnect>(this);
        bus.Subscribe<SmbFileEvent>(this);
        bus.Subscribe<SmbSignal>(this);
        bus.Subscribe<SmbFlowSummary>(this);
        bus.Subscribe<SmbPolicyPassword>(this);
        bus.Subscribe<DceRpcCall>(this);
    }

    /// <inheritdoc/>
    public void Consume(SmbNegotiation record)
    {
        if (record.Dialect is not { } dialect)
        {
            return;
        }

        SmbServerFacts facts = State.Servers[record.Server];
        facts.When.Add(record.Time, record.Frame);
        facts.Frames.Add(record.Frame);
        facts.Dialects[dialect].Add();
        facts.Clients.Add(record.Client);
        facts.Ids.Add(record.ServerId);
        if (record.IsVersion1)
        {
            facts.Version1.Add(record.Frame);
        }

        if (record.RequiresSigning == false)
        {
            facts.Unsigned.Add(record.Frame);
        }
    }

    /// <inheritdoc/>
    public void Consume(SmbLogin record)
    {
        bool isSuccess = record.Status == 0;
        State.Totals[(int)(isSuccess ? SmbTotal.Logins : SmbTotal.Refused)]++;
        State.Servers[record.Server].Systems.Add(record.ServerSystem);
        SmbLoginFacts facts = State.Logins[new(new PairKey(record.Client, record.Server), record.Account ?? Unknown)];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Statuses[record.Status].Add();
        facts.Mechanisms.Add(record.Mechanism);
        if (isSuccess)
        {
            facts.Tries.AddAccepted(record.Time, record.Frame);
        }
        else if (SmbStatus.IsLoginFailure(record.Status))
        {
            facts.Tries.AddRefused(record.Time, record.Frame);
        }

        if (record.IsGuest)
        {
            facts.Guests.Add(record.Frame);
        }
    }

    /// <inheritdoc/>
    public void Consume(SmbTreeConnect record)
    {
        SmbShareFacts facts = State.Shares[new(new PairKey(record.Client, record.Server), record.Path)];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Accounts.Add(record.Account);
        if (SmbStatus.IsSuccess(record.Status))
        {
            facts.Connected.Add();
            facts.Kinds[(int)record.Kind]++;
        }
        else
        {
            facts.Refused.Add();
        }
    }

    /// <inheritdoc/>
    public void Consume(SmbFileEvent record)
    {
        var pair = new PairKey(record.Client, record.Server);
        SmbFileFacts facts = State.Files[new(pair, record.Share ?? string.Empty, record.Name)];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Accounts.Add(record.Account);
        facts.Types.Add(record.SniffedType);
        if (!record.IsSuccess)
        {
            facts.Failed.Add();
            return;
        }

        facts.Actions[(int)record.Action]++;
        switch (record.Action)
        {
            case SmbFileAction.Open:
                State.Totals[(int)(record.Kind == SmbFileKind.Pipe ? SmbTotal.Pipes : SmbTotal.Opened)]++;
                break;
            case SmbFileAction.Read:
                facts.ReadBytes.Add(record.Bytes);
                AddRead(record, pair);
                break;
            case SmbFileAction.Write:
                facts.WrittenBytes.Add(record.Bytes);
                facts.Written.Add(record.Frame);
                AddWritten(record, pair);
                break;
            case SmbFileAction.Rename when record.NewName is { } name:
                AddRename(record, pair, name);
                break;
        }
    }

    /// <inheritdoc/>
    public void Consume(SmbSignal record)
    {
        SmbSignalFacts facts = State.Signals[new((long)record.Kind, new PairKey(record.Client, record.Server))];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Largest.Add(record.Value, record.Frame);
    }

    /// <inheritdoc/>
    public void Consume(SmbPolicyPassword record)
    {
        SmbPolicyFacts facts = State.PolicyPasswords[new(record.Client, record.Server)];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Users.Add(record.User);
        facts.Paths.Add(record.Path);
        facts.Accounts.Add(record.Account);
    }

    /// <inheritdoc/>
    public void Consume(SmbFlowSummary record)
    {
        State.Totals[(int)SmbTotal.Connections]++;
        State.Totals[(int)SmbTotal.Encrypted] += record.Encrypted;
        State.Totals[(int)SmbTotal.Compressed] += record.Compressed;
        State.Totals[(int)SmbTotal.Pending] += record.Pending;
        State.Totals[(int)SmbTotal.ReadBytes] += record.ReadBytes;
        State.Totals[(int)SmbTotal.WrittenBytes] += record.WrittenBytes;
        foreach ((string command, long count) in record.Commands)
        {
            State.Commands[command].Add(count);
        }

        foreach ((uint status, long count, FrameRef first) in record.Statuses)
        {
            SmbStatusFacts facts = State.Statuses[status];
            facts.Count.Add(count);
            facts.Frames.Add(first);
        }
    }

    /// <inheritdoc/>
    public void Consume(DceRpcCall record)
    {
        State.Totals[(int)SmbTotal.Calls]++;
        SmbCallFacts facts = State.Calls[new(new PairKey(record.Flow.Sender(record.Direction), record.Flow.Receiver(record.Direction)), record.Interface ?? string.Empty, record.Operation)];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Faults.Add(record.Fault is null ? 0 : 1);
        facts.Answered.Add(record is { ResponseTime: not null, Fault: null } ? 1 : 0);
        facts.Succeeded.Add(record.Result == 0 ? 1 : 0);
        facts.Refused.Add(record.Result is not (null or 0) ? 1 : 0);
        facts.Sealed.Add(record.IsSealed ? 1 : 0);
        facts.OnObjects.Add(record.IsOnObject ? 1 : 0);
        facts.Details.Add(record.Detail);
        facts.Pipes.Add(record.Pipe ?? "tcp");
        facts.Accounts.Add(record.Account);
        if (record.Detail?.StartsWith(DceRpcArguments.ZeroCredential, StringComparison.Ordinal) == true)
        {
            facts.Zeros.Add(record.Frame);
            facts.ZerosAccepted.Add(record.Result == 0 ? 1 : 0);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(SmbState state, Conclusions conclusions)
    {
        SmbLoginFindings.Raise(state, conclusions);
        Dictionary<PairKey, Finding> outputs = SmbFileFindings.Raise(state, conclusions);
        SmbRansomFindings.Raise(state, conclusions);
        SmbExploitFindings.Raise(state, conclusions);
        SmbCallFindings.Raise(state, outputs, conclusions);
        SmbDiscoveryFindings.Raise(state, conclusions);
        SmbSection.Write(state, conclusions.Section);
    }

    private void AddRead(SmbFileEvent record, PairKey pair)
    {
        if (record.Entropy is < PlainBelow)
        {
            State.Contents[new(pair, record.Share ?? string.Empty, record.Name)].Plain.Add(record.Time, record.Frame);
        }
    }

    // Compressed files are random too, but say of what format they are. The file may stand beside the old one, with one more extension.
    private void AddWritten(SmbFileEvent record, PairKey pair)
    {
        if (record is not { Entropy: >= RandomFrom, SniffedType: null })
        {
            return;
        }

        string share = record.Share ?? string.Empty;
        string extension = SmbNames.Extension(record.Name);
        State.Contents[new(pair, share, record.Name)].Random.Add(record.Time, record.Frame);
        if (extension.Length > 0)
        {
            State.Contents[new(pair, share, record.Name[..^extension.Length])].Random.Add(record.Time, record.Frame);
        }
    }

    private void AddRename(SmbFileEvent record, PairKey pair, string name)
    {
        string extension = SmbNames.Extension(name);
        if (extension.Length == 0 || extension.Equals(SmbNames.Extension(record.Name), StringComparison.Ordinal))
        {
            return;
        }

        AddRename(State.Renames[new(pair, extension)], record, name);
        if (name.StartsWith(record.Name, StringComparison.OrdinalIgnoreCase))
        {
            AddRename(State.Renames[new(pair, string.Empty)], record, name);
        }
    }

    private static void AddRename(SmbRenameFacts facts, SmbFileEvent record, string name)
    {
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Times.Add(record.Time);
        facts.Names.Add(record.Name);
        facts.Samples.Add(name);
    }
}
