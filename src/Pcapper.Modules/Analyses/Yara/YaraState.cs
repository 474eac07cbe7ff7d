using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Yara;

/// <summary>Which rules match what.</summary>
public sealed class YaraState : AnalyzerState
{
    private const int MostMatches = 20_000;

    /// <summary>Initializes a new instance of the <see cref="YaraState"/> class.</summary>
    public YaraState()
    {
        Files = Part(new PartMap<Key2<TextKey, TextKey>, RuleUse>(MostMatches));
        Streams = Part(new PartMap<Key2<TextKey, TextKey>, RuleUse>(MostMatches));
    }

    /// <summary>Gets matches in files, by rule and content: SHA-256, or the file's identifier where there is none.</summary>
    internal PartMap<Key2<TextKey, TextKey>, RuleUse> Files { get; }

    /// <summary>Gets matches in streams, by rule and flow.</summary>
    internal PartMap<Key2<TextKey, TextKey>, RuleUse> Streams { get; }
}
