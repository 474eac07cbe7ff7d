using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The sessions of an account from one client on one server.</summary>
internal sealed class SmbLoginFacts : Group
{
    private const int Most = 32;
    private const int MostTexts = 3;

    public SmbLoginFacts()
        : base(8)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Succeeded = Part(new Extent());
        Guesses = Part(new FrameSample());
        Guessed = Part(new Extent());
        Statuses = Part(new PartMap<NumberKey, Count>(Most));
        Guests = Part(new FrameSample());
        Mechanisms = Part(new Texts(MostTexts));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Extent Succeeded { get; }

    /// <summary>Gets the refusals because of the account or its password.</summary>
    public FrameSample Guesses { get; }

    public Extent Guessed { get; }

    public PartMap<NumberKey, Count> Statuses { get; }

    /// <summary>Gets the sessions as a guest.</summary>
    public FrameSample Guests { get; }

    public Texts Mechanisms { get; }
}
