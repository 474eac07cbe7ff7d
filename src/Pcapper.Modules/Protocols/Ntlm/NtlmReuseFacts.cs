using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Where the same challenge, or the same response, was seen.</summary>
internal sealed class NtlmReuseFacts : Group
{
    private const int MostPairs = 16;
    private const int MostTexts = 5;

    public NtlmReuseFacts()
        : base(5)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Pairs = Part(new KeySet<PairKey>(MostPairs));
        Connections = Part(new KeySet<NumberKey>(MostPairs));
        Accounts = Part(new Texts(MostTexts));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    /// <summary>Gets the clients and servers.</summary>
    public KeySet<PairKey> Pairs { get; }

    /// <summary>Gets the connections, each by a hash.</summary>
    public KeySet<NumberKey> Connections { get; }

    public Texts Accounts { get; }
}
