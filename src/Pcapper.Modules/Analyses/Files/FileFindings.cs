using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>Concludes from files that mislead.</summary>
internal static class FileFindings
{
    private const int MostSamples = 3;

    /// <summary>A program under the name or type of something to look at.</summary>
    public static readonly FindingType Disguised = new("files.disguised", "Program, script, shortcut or disk image that poses as something to look at", Severity.High, "T1036.008", "T1105")
    {
        IsAgainst = true,
        Unless = "an archive of samples, or a program that keeps its own parts under other names: look who wrote it",
    };

    /// <summary>A name that shows another ending than it has.</summary>
    public static readonly FindingType MisleadingName = new("files.misleading-name", "File name made to hide what the file is", Severity.High, "T1036.007", "T1036.002")
    {
        IsAgainst = true,
        Unless = "a sample that was sent to analysts",
    };

    /// <summary>Gets all types.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [Disguised, MisleadingName];

    /// <summary>Makes a finding of each sender, receiver and kind.</summary>
    public static void Conclude(FilesState state, Conclusions conclusions)
    {
        foreach ((Key2<NumberKey, PairKey> key, FileSuspicion suspicion) in state.Suspicions.Entries)
        {
            PairKey pair = key.Second;
            long more = suspicion.Frames.Total - Math.Min(MostSamples, suspicion.Samples.Values.Count);
            Finding finding = new Finding
            {
                Type = (FileSuspicionKind)key.First.Value == FileSuspicionKind.Disguised ? Disguised : MisleadingName,
                Subject = pair.ToString(),
                Summary = $"{string.Join(", ", suspicion.Protocols.Values)}: {string.Join("; ", suspicion.Samples.Values.Take(MostSamples))}{(more > 0 ? $", and {Units.Count(more, "more transfer")}" : string.Empty)}",
                Source = pair.From,
                Destination = pair.To,
                Count = suspicion.Frames.Total,
                DisplayFilter = Filter.Frames(suspicion.Frames),
            }.WithEvidence(suspicion.Frames).During(suspicion.When);
            conclusions.Add(finding);
            foreach (string hash in suspicion.Hashes.Values)
            {
                conclusions.Add(new Indicator(IndicatorKind.Sha256, hash, finding.Type.Title, suspicion.Frames.Frames[0]) { Finding = finding });
            }
        }
    }
}
