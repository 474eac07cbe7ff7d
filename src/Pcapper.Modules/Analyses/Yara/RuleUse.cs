using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Yara;

/// <summary>What is known of a rule that matches some content.</summary>
internal sealed class RuleUse : Group
{
    private const int MostStrings = 8;

    public RuleUse()
        : base(8)
    {
        When = Part(new Extent());
        Frames = Part(new FrameSample());
        Pairs = Part(new KeySet<PairKey>(MostStrings));
        Flows = Part(new Texts());
        Names = Part(new Texts());
        Strings = Part(new Texts(MostStrings));
        Tags = Part(new Texts());
        Meta = Part(new Texts());
    }

    public Extent When { get; }

    public FrameSample Frames { get; }

    /// <summary>Gets who sent it to whom.</summary>
    public KeySet<PairKey> Pairs { get; }

    /// <summary>Gets the identifiers of the flows that carried it.</summary>
    public Texts Flows { get; }

    /// <summary>Gets names of the file, or the protocol of the stream.</summary>
    public Texts Names { get; }

    /// <summary>Gets which strings stand where: <c>$a at 1024</c>.</summary>
    public Texts Strings { get; }

    public Texts Tags { get; }

    /// <summary>Gets what the author says: <c>name = value</c>.</summary>
    public Texts Meta { get; }
}
