using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary><c>--nfs</c>: servers, exports, mounts, clients and as whom they act, files; attacks on portmap.</summary>
public sealed class NfsAnalyzer : Analyzer<NfsState>, IRecordConsumer<NfsTransaction>, IRecordConsumer<MountTransaction>, IRecordConsumer<PortmapTransaction>
{
    // The longest address that RFC 5665 and its netids allow is the path of a local socket, 108 bytes; of IPv6 it is 54.
    internal const int LongestAddress = 128;

    private const int VersionBits = 8;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "nfs", "--nfs", "NFS", "NFS servers, exports, mounts, clients with their user ids, files; attacks on portmap", 1,
        [NfsFindings.Oversized, NfsFindings.RootChanges, NfsFindings.Denied, NfsFindings.Survey]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<NfsTransaction>(this);
        bus.Subscribe<MountTransaction>(this);
        bus.Subscribe<PortmapTransaction>(this);
    }

    /// <inheritdoc/>
    public void Consume(NfsTransaction record)
    {
        State.Calls.Add();
        State.Unanswered.Add(record.IsAnswered ? 0 : 1);
        NfsServer server = State.Servers[record.Server];
        server.Versions.Add((int)Math.Min(record.Version, VersionBits));
        server.Clients.Add(new AddressKey(record.Client));
        server.Frames.Add(record.Frame);

        NfsClient client = State.Clients[new PairKey(record.Client, record.Server)];
        client.Calls.Add();
        client.Versions.Add((int)Math.Min(record.Version, VersionBits));
        client.Credentials.Add(record.Credentials.Text);
        client.Extent.Add(record.Time, record.Frame);
        bool isRoot = record.Credentials is { Flavor: RpcCredentials.Sys, Uid: 0 };
        FrameRef shown = record.ReplyFrame ?? record.Frame;
        foreach (NfsOperation operation in record.Operations)
        {
            AddOperation(operation, shown);
            AddFile(record, operation);
            if (operation.IsDenied)
            {
                client.Denied.Add(shown);
                client.DeniedPaths.Add(StableHash.Of(operation.Path ?? ""));
            }

            if (isRoot && operation is { IsChange: true, Status: 0 })
            {
                client.RootChanges.Add(record.Frame);
            }
        }

        client.ReadBytes.Add(record.ReadBytes);
        client.WrittenBytes.Add(record.WrittenBytes);
    }

    /// <inheritdoc/>
    public void Consume(MountTransaction record)
    {
        NfsServer server = State.Servers[record.Server];
        server.Clients.Add(new AddressKey(record.Client));
        server.Frames.Add(record.Frame);
        foreach (string export in record.Exports)
        {
            server.Exports.Add(export);
        }

        NfsClient client = State.Clients[new PairKey(record.Client, record.Server)];
        client.Credentials.Add(record.Credentials.Text);
        client.Extent.Add(record.Time, record.Frame);
        if (record.Name == "EXPORT")
        {
            NfsSurvey survey = State.Surveys[record.Client];
            survey.Servers.Add(record.Server);
            survey.Frames.Add(record.Frame);
            survey.Extent.Add(record.Time, record.Frame);
        }
        else if (record.Name == "MNT" && record.Status == 0)
        {
            client.Mounts.Add(record.Path);
        }
        else if (record.Name == "MNT" && record.Status is uint status)
        {
            State.Errors[new("MNT", status)].Add(record.ReplyFrame ?? record.Frame);
            if (status is 1 or 13)
            {
                client.Denied.Add(record.ReplyFrame ?? record.Frame);
                client.DeniedPaths.Add(StableHash.Of(record.Path ?? ""));
            }
        }
    }

    /// <inheritdoc/>
    public void Consume(PortmapTransaction record)
    {
        State.Portmap.Add();
        if (record.LongestText <= LongestAddress)
        {
            return;
        }

        IpAddress sender = record.IsLongestInReply ? record.Server : record.Client;
        FrameRef frame = record.IsLongestInReply ? record.ReplyFrame ?? record.Frame : record.Frame;
        OversizedAddress oversized = State.Oversized[new PairKey(sender, record.IsLongestInReply ? record.Client : record.Server)];
        oversized.Length.Add(record.LongestText, frame);
        oversized.Programs.Add(record.Program?.ToString(CultureInfo.InvariantCulture));
        oversized.Frames.Add(frame);
        oversized.Extent.Add(record.Time, frame);
    }

    /// <inheritdoc/>
    public override void Conclude(NfsState state, Conclusions conclusions)
    {
        NfsTables.Write(state, conclusions.Section);
        NfsFindings.Conclude(state, conclusions);
    }

    private void AddOperation(in NfsOperation operation, FrameRef frame)
    {
        Counters counters = State.Operations[operation.Name];
        counters[0]++;
        counters[1] += operation.Status is null or 0 ? 0 : 1;
        counters[2] += operation.Name is "READ" or "READ_PLUS" ? operation.Bytes : 0;
        counters[3] += operation.Name == "WRITE" ? operation.Bytes : 0;
        if (operation.Status is > 0 and uint status)
        {
            State.Errors[new(operation.Name, status)].Add(frame);
        }
    }

    private void AddFile(NfsTransaction record, in NfsOperation operation)
    {
        // What only leads to a file is no use of it.
        if (operation.Path is null || operation.Name is "PUTFH" or "PUTROOTFH" or "SAVEFH" or "RESTOREFH" or "GETFH" or "GETATTR" or "ACCESS" or "SEQUENCE" || operation is { Name: "LOOKUP", Status: 0 })
        {
            return;
        }

        NfsFile file = State.Files[new(record.Server, operation.Path)];
        file.Operations.Add(operation.NewPath is null ? operation.Name : $"{operation.Name} to {operation.NewPath}");
        file.ReadBytes.Add(operation.Name is "READ" or "READ_PLUS" ? operation.Bytes : 0);
        file.WrittenBytes.Add(operation.Name == "WRITE" ? operation.Bytes : 0);
        file.Clients.Add(record.Client);
        file.Frames.Add(record.Frame);
    }
}
