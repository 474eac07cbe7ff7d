using Pcapper.Engine;
using Pcapper.Modules.FileTypes;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>Which files went over the network, from whom to whom, and which are the same.</summary>
public sealed class FilesAnalyzer : Analyzer<FilesState>, IRecordConsumer<FileTransfer>
{
    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("files", "--files", "Files", "files carried: names, types, hashes, who sent them to whom, what is missing of them", 2, FileFindings.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<FileTransfer>(this);
        bus.Files.RequireHashes();
    }

    /// <inheritdoc/>
    public void Consume(FileTransfer record)
    {
        State.Totals[(int)FileTotal.Files]++;
        State.Totals[(int)FileTotal.Complete] += record.IsComplete ? 1 : 0;
        State.Totals[(int)FileTotal.SeenBytes] += record.SeenBytes;
        State.Totals[(int)FileTotal.WithoutHash] += record.IsComplete && record.Sha256 is null ? 1 : 0;
        FileJudgement judgement = FileJudgement.Of(record);
        State.Rows.Add(FileRow.Of(record, judgement));
        Suspect(record, judgement);
        Counters type = State.Types[new Key2<TextKey, TextKey>(record.Protocol, record.SniffedType ?? record.DeclaredType)];
        type[0]++;
        type[1] += record.IsComplete ? 1 : 0;
        type[2] += record.SeenBytes;
        if (record.Sha256 is null)
        {
            return;
        }

        FileCopies copies = State.Contents[record.Sha256];
        copies.Times.Add();
        copies.Size.Add(record.SeenBytes, record.Frame);
        copies.Names.Add(record.Name);
        copies.Types.Add(record.SniffedType ?? record.DeclaredType);
        copies.Md5.Add(record.Md5);
        copies.Senders.Add(record.Sender);
        copies.Receivers.Add(record.Receiver);
        copies.Frames.Add(record.Frame);
    }

    /// <inheritdoc/>
    public override void Conclude(FilesState state, Conclusions conclusions)
    {
        FilesSection.Write(state, conclusions.Section);
        FileFindings.Conclude(state, conclusions);
    }

    private void Suspect(FileTransfer record, FileJudgement judgement)
    {
        if (judgement.Suspicion is not { } kind)
        {
            return;
        }

        FileSuspicion suspicion = State.Suspicions[new((long)kind, new PairKey(record.Sender, record.Receiver))];
        suspicion.Frames.Add(record.Frame);
        suspicion.Samples.Add($"{FileNames.Last(record.Name ?? record.Location)}: {judgement.Remark}");
        suspicion.Protocols.Add(record.Protocol);
        suspicion.Hashes.Add(record.Sha256);
        suspicion.When.Add(record.Time, record.Frame);
    }
}
