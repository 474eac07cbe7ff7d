using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What is known of file sharing and remote procedure calls.</summary>
public sealed class SmbState : AnalyzerState
{
    private const int Most = 100_000;
    private const int MostContents = 50_000;
    private const int MostFew = 1_024;

    /// <summary>Initializes a new instance of the <see cref="SmbState"/> class.</summary>
    public SmbState()
    {
        Totals = Part(new Counters());
        Servers = Part(new PartMap<AddressKey, SmbServerFacts>(Most));
        Logins = Part(new PartMap<Key2<PairKey, TextKey>, SmbLoginFacts>(Most));
        Shares = Part(new PartMap<Key2<PairKey, TextKey>, SmbShareFacts>(Most));
        Files = Part(new PartMap<Key3<PairKey, TextKey, TextKey>, SmbFileFacts>(Most));
        Calls = Part(new PartMap<Key3<PairKey, TextKey, NumberKey>, SmbCallFacts>(Most));
        Commands = Part(new PartMap<TextKey, Count>(MostFew));
        Statuses = Part(new PartMap<NumberKey, SmbStatusFacts>(MostFew));
        Signals = Part(new PartMap<Key2<NumberKey, PairKey>, SmbSignalFacts>(Most));
        Contents = Part(new PartMap<Key3<PairKey, TextKey, TextKey>, SmbContentFacts>(MostContents));
        PolicyPasswords = Part(new PartMap<PairKey, SmbPolicyFacts>(MostFew));
        Renames = Part(new PartMap<Key2<PairKey, TextKey>, SmbRenameFacts>(MostFew));
    }

    internal Counters Totals { get; }

    internal PartMap<AddressKey, SmbServerFacts> Servers { get; }

    /// <summary>Gets the sessions by client and server, and account.</summary>
    internal PartMap<Key2<PairKey, TextKey>, SmbLoginFacts> Logins { get; }

    /// <summary>Gets the shares by client and server, and path.</summary>
    internal PartMap<Key2<PairKey, TextKey>, SmbShareFacts> Shares { get; }

    /// <summary>Gets the files by client and server, share, and name.</summary>
    internal PartMap<Key3<PairKey, TextKey, TextKey>, SmbFileFacts> Files { get; }

    /// <summary>Gets the calls by client and server, interface, and operation.</summary>
    internal PartMap<Key3<PairKey, TextKey, NumberKey>, SmbCallFacts> Calls { get; }

    internal PartMap<TextKey, Count> Commands { get; }

    internal PartMap<NumberKey, SmbStatusFacts> Statuses { get; }

    /// <summary>Gets the telling messages by kind, and client and server.</summary>
    internal PartMap<Key2<NumberKey, PairKey>, SmbSignalFacts> Signals { get; }

    /// <summary>Gets the files that were read as they are or written as random bytes, by client and server, share, and name.</summary>
    internal PartMap<Key3<PairKey, TextKey, TextKey>, SmbContentFacts> Contents { get; }

    /// <summary>Gets the passwords in group policy by client and server.</summary>
    internal PartMap<PairKey, SmbPolicyFacts> PolicyPasswords { get; }

    /// <summary>Gets the renamings by client and server, and new extension; all that have one behind the old one under an empty one too.</summary>
    internal PartMap<Key2<PairKey, TextKey>, SmbRenameFacts> Renames { get; }
}
