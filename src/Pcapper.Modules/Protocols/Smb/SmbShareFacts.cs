using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The use that one client makes of a share.</summary>
internal sealed class SmbShareFacts : Group
{
    private const int MostTexts = 5;

    public SmbShareFacts()
        : base(6)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Connected = Part(new Count());
        Refused = Part(new Count());
        Accounts = Part(new Texts(MostTexts));
        Kinds = Part(new Counters());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Count Connected { get; }

    public Count Refused { get; }

    public Texts Accounts { get; }

    /// <summary>Gets the connects by <see cref="SmbFileKind"/>.</summary>
    public Counters Kinds { get; }
}
