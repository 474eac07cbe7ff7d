using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Yara;

/// <summary><c>--yara</c>: which rules of the user match the files and streams of the capture.</summary>
public sealed class YaraAnalyzer : Analyzer<YaraState>, IRecordConsumer<ContentMatch>
{
    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("yara", "--yara", "YARA", "which YARA rules (PCAPPER_YARA_RULES or --yara-rules) match files and streams", 1, YaraFindings.Types);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<ContentMatch>(this);
        if (bus.Files.Scanner is { } scanner)
        {
            bus.Files.RequireHashes();
            bus.SubscribeStreams(new StreamScans(scanner, bus.Emitter<ContentMatch>()));
        }
    }

    /// <inheritdoc/>
    public void Consume(ContentMatch record)
    {
        FileTransfer? file = record.File;
        RuleUse use = file is null
            ? State.Streams[new Key2<TextKey, TextKey>(record.Hit.Rule, record.Flow.Uid)]
            : State.Files[new Key2<TextKey, TextKey>(record.Hit.Rule, file.Sha256 ?? file.Id)];
        use.When.Add(record.Time, record.Frame);
        use.Frames.Add(record.Frame);
        use.Pairs.Add(new PairKey(record.Flow.Sender(record.Direction), record.Flow.Receiver(record.Direction)));
        use.Flows.Add(record.Flow.Uid);
        use.Names.Add(file is null ? null : FileTypes.FileNames.Last(file.Name ?? file.Location));
        foreach (StringHit hit in record.Hit.Strings)
        {
            use.Strings.Add(string.Create(CultureInfo.InvariantCulture, $"{hit.Name} at {hit.Offset:N0}"));
        }

        foreach (string tag in record.Hit.Tags)
        {
            use.Tags.Add(tag);
        }

        foreach ((string name, string value) in record.Hit.Meta)
        {
            use.Meta.Add($"{name} = {value}");
        }
    }

    /// <inheritdoc/>
    public override void Conclude(YaraState state, Conclusions conclusions)
    {
        IReadOnlyList<RuleMatch> matches = RuleMatch.Of(state);
        YaraSection.Write(matches, state, conclusions.Section);
        YaraFindings.Conclude(matches, conclusions);
    }
}
