using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Where a problem was seen.</summary>
internal sealed class NtlmProblemFacts : Group
{
    private const int MostTexts = 5;
    private const int MostCounted = 256;

    public NtlmProblemFacts()
        : base(7)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Accounts = Part(new Texts(MostTexts));
        Carriers = Part(new Texts(MostTexts));
        Ports = Part(new KeySet<NumberKey>(MostTexts));
        Details = Part(new Texts(MostTexts));
        Distinct = Part(new KeySet<NumberKey>(MostCounted));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Texts Accounts { get; }

    public Texts Carriers { get; }

    public KeySet<NumberKey> Ports { get; }

    /// <summary>Gets what is special about them: the versions, the servers that were meant, the accounts. Whoever logs in chooses them.</summary>
    public Texts Details { get; }

    /// <summary>Gets the hashes of those, to count them.</summary>
    public KeySet<NumberKey> Distinct { get; }

    public void Add(NtlmAuthentication authentication, string detail)
    {
        if (detail.Length > 0)
        {
            Details.Add(detail);
            Distinct.Add(unchecked((long)StableHash.Of(detail)));
        }

        Frames.Add(authentication.Frame);
        When.Add(authentication.Time, authentication.Frame);
        Accounts.Add(authentication.Account);
        Carriers.Add(authentication.Carrier);
        Ports.Add(authentication.ServerPort);
    }
}
