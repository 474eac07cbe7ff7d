using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The sessions of an account from one client on one server.</summary>
internal sealed class SmbLoginFacts : Group
{
    private const int Most = 32;
    private const int MostTexts = 3;

    public SmbLoginFacts()
        : base(6)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Tries = Part(new LoginTries());
        Statuses = Part(new PartMap<NumberKey, Count>(Most));
        Guests = Part(new FrameSample());
        Mechanisms = Part(new Texts(MostTexts));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    /// <summary>Gets what was let in, and the refusals because of the account or its password.</summary>
    public LoginTries Tries { get; }

    public PartMap<NumberKey, Count> Statuses { get; }

    /// <summary>Gets the sessions as a guest.</summary>
    public FrameSample Guests { get; }

    public Texts Mechanisms { get; }
}
