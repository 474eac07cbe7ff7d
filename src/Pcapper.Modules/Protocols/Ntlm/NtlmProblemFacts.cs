using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Where a problem was seen.</summary>
internal sealed class NtlmProblemFacts : Group
{
    private const int MostTexts = 5;

    public NtlmProblemFacts()
        : base(5)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Accounts = Part(new Texts(MostTexts));
        Carriers = Part(new Texts(MostTexts));
        Ports = Part(new KeySet<NumberKey>(MostTexts));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Texts Accounts { get; }

    public Texts Carriers { get; }

    public KeySet<NumberKey> Ports { get; }

    public void Add(NtlmAuthentication authentication)
    {
        Frames.Add(authentication.Frame);
        When.Add(authentication.Time, authentication.Frame);
        Accounts.Add(authentication.Account);
        Carriers.Add(authentication.Carrier);
        Ports.Add(authentication.ServerPort);
    }
}
