using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>What is known of the files that went over the network. Contents are not in here.</summary>
public sealed class FilesState : AnalyzerState
{
    private const int MostRows = 10_000;
    private const int MostContents = 50_000;
    private const int MostTypes = 1024;
    private const int MostSuspicions = 4096;

    /// <summary>Initializes a new instance of the <see cref="FilesState"/> class.</summary>
    public FilesState()
    {
        Totals = Part(new Counters((int)FileTotal.Count));
        Rows = Part(new Smallest<FileRow>(MostRows));
        Contents = Part(new PartMap<TextKey, FileCopies>(MostContents));
        Types = Part(new PartMap<Key2<TextKey, TextKey>, Counters>(MostTypes, () => new Counters(3)));
        Suspicions = Part(new PartMap<Key2<NumberKey, PairKey>, FileSuspicion>(MostSuspicions));
    }

    internal Counters Totals { get; }

    /// <summary>Gets the files, by time.</summary>
    internal Smallest<FileRow> Rows { get; }

    /// <summary>Gets what is known of each content, by SHA-256.</summary>
    internal PartMap<TextKey, FileCopies> Contents { get; }

    /// <summary>Gets files, complete ones and bytes by protocol and type.</summary>
    internal PartMap<Key2<TextKey, TextKey>, Counters> Types { get; }

    /// <summary>Gets what misleads, by kind, sender and receiver.</summary>
    internal PartMap<Key2<NumberKey, PairKey>, FileSuspicion> Suspicions { get; }
}
