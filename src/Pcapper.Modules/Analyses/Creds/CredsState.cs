using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>What is known of secrets that crossed the network.</summary>
public sealed class CredsState : AnalyzerState
{
    /// <summary>Responses of more characters are long: tickets. Of them fewer are kept.</summary>
    internal const int LongResponse = 2_048;

    private const int MostSecrets = 50_000;
    private const int MostResponses = 50_000;
    private const int MostLongResponses = 2_000;
    private const int MostServers = 20_000;
    private const int MostKinds = 256;

    /// <summary>Initializes a new instance of the <see cref="CredsState"/> class.</summary>
    public CredsState()
    {
        Secrets = Part(new PartMap<CredentialKey, CredentialFacts>(MostSecrets));
        Responses = Part(new PartMap<ResponseKey, ResponseFacts>(MostResponses));
        LongResponses = Part(new PartMap<ResponseKey, ResponseFacts>(MostLongResponses));
        Uses = Part(new PartMap<Key3<NumberKey, TextKey, EndpointKey>, CredentialUse>(MostServers));
        Tries = Part(new PartMap<Key3<PairKey, TextKey, TextKey>, LoginTries>(MostSecrets));
        Kinds = Part(new PartMap<Key2<TextKey, TextKey>, Counters>(MostKinds));
    }

    /// <summary>Gets the secrets that can be read.</summary>
    internal PartMap<CredentialKey, CredentialFacts> Secrets { get; }

    /// <summary>Gets what a password can be guessed from.</summary>
    internal PartMap<ResponseKey, ResponseFacts> Responses { get; }

    /// <summary>Gets the same, where there is much of it.</summary>
    internal PartMap<ResponseKey, ResponseFacts> LongResponses { get; }

    /// <summary>Gets what was shown to whom, by kind, protocol and server.</summary>
    internal PartMap<Key3<NumberKey, TextKey, EndpointKey>, CredentialUse> Uses { get; }

    /// <summary>Gets how the logins went that no other module judges, by client and server, protocol, and user.</summary>
    internal PartMap<Key3<PairKey, TextKey, TextKey>, LoginTries> Tries { get; }

    /// <summary>Gets how many of each protocol and scheme were seen, let in and refused.</summary>
    internal PartMap<Key2<TextKey, TextKey>, Counters> Kinds { get; }
}
