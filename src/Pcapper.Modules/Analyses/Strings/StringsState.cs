using Pcapper.Engine;
using Pcapper.Modules.Analyses.Creds;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>What is known of the texts of flows.</summary>
public sealed class StringsState : AnalyzerState
{
    private const int MostStrings = 20_000;
    private const int MostNames = 10_000;
    private const int MostSecrets = 5_000;

    /// <summary>Initializes a new instance of the <see cref="StringsState"/> class.</summary>
    public StringsState()
    {
        Strings = Part(new PartMap<TextKey, StringUse>(MostStrings));
        Urls = Part(new PartMap<TextKey, StringUse>(MostNames));
        Mailboxes = Part(new PartMap<TextKey, StringUse>(MostNames));
        Hosts = Part(new PartMap<TextKey, StringUse>(MostNames));
        Secrets = Part(new PartMap<Key3<TextKey, PairKey, SecretKey>, SecretUse>(MostSecrets));
        Seen = Part(new Counters());
    }

    /// <summary>Gets the texts.</summary>
    internal PartMap<TextKey, StringUse> Strings { get; }

    /// <summary>Gets the URLs in them.</summary>
    internal PartMap<TextKey, StringUse> Urls { get; }

    /// <summary>Gets the mail addresses in them.</summary>
    internal PartMap<TextKey, StringUse> Mailboxes { get; }

    /// <summary>Gets the host names in them.</summary>
    internal PartMap<TextKey, StringUse> Hosts { get; }

    /// <summary>Gets the secrets, by kind, sender and receiver.</summary>
    internal PartMap<Key3<TextKey, PairKey, SecretKey>, SecretUse> Secrets { get; }

    /// <summary>Gets how many texts there were of each encoding.</summary>
    internal Counters Seen { get; }
}
