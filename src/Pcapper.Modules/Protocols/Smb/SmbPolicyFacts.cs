using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The passwords in group policy that one client read from one server.</summary>
internal sealed class SmbPolicyFacts : Group
{
    private const int MostTexts = 5;

    public SmbPolicyFacts()
        : base(5)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Users = Part(new Texts(MostTexts));
        Paths = Part(new Texts(MostTexts));
        Accounts = Part(new Texts(MostTexts));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    /// <summary>Gets whose passwords they are.</summary>
    public Texts Users { get; }

    public Texts Paths { get; }

    /// <summary>Gets who read them.</summary>
    public Texts Accounts { get; }
}
