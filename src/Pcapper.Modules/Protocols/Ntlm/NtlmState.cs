using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>What is known of the NTLM logins.</summary>
public sealed class NtlmState : AnalyzerState
{
    private const int Most = 100_000;
    private const int MostFew = 1_024;

    /// <summary>Initializes a new instance of the <see cref="NtlmState"/> class.</summary>
    public NtlmState()
    {
        Kinds = Part(new Counters());
        Succeeded = Part(new Count());
        Failed = Part(new Count());
        Carriers = Part(new PartMap<TextKey, Count>(MostFew));
        Accounts = Part(new PartMap<Key2<PairKey, TextKey>, NtlmAccountFacts>(Most));
        Servers = Part(new PartMap<AddressKey, NtlmServerFacts>(Most));
        Problems = Part(new PartMap<Key2<NumberKey, PairKey>, NtlmProblemFacts>(Most));
        Challenges = Part(new PartMap<NumberKey, NtlmReuseFacts>(Most));
        Responses = Part(new PartMap<NumberKey, NtlmReuseFacts>(Most));
        Tries = Part(new PartMap<Key2<PairKey, TextKey>, LoginTries>(Most));
    }

    /// <summary>Gets the number of responses by <see cref="NtlmResponseKind"/>.</summary>
    internal Counters Kinds { get; }

    internal Count Succeeded { get; }

    internal Count Failed { get; }

    internal PartMap<TextKey, Count> Carriers { get; }

    /// <summary>Gets the accounts by client and server.</summary>
    internal PartMap<Key2<PairKey, TextKey>, NtlmAccountFacts> Accounts { get; }

    internal PartMap<AddressKey, NtlmServerFacts> Servers { get; }

    /// <summary>Gets the problems by kind, and client and server.</summary>
    internal PartMap<Key2<NumberKey, PairKey>, NtlmProblemFacts> Problems { get; }

    /// <summary>Gets where each challenge was answered.</summary>
    internal PartMap<NumberKey, NtlmReuseFacts> Challenges { get; }

    /// <summary>Gets where each response was seen, by a hash of it.</summary>
    internal PartMap<NumberKey, NtlmReuseFacts> Responses { get; }

    /// <summary>Gets how the logins went that no other module judges, by client and server, and account.</summary>
    internal PartMap<Key2<PairKey, TextKey>, LoginTries> Tries { get; }
}
