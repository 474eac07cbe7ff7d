using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>What one host sent another that misleads in one way.</summary>
internal sealed class FileSuspicion : Group
{
    public FileSuspicion()
        : base(5)
    {
        Frames = Part(new FrameSample());
        Samples = Part(new Texts());
        Protocols = Part(new Texts());
        Hashes = Part(new Texts());
        When = Part(new Extent());
    }

    public FrameSample Frames { get; }

    public Texts Samples { get; }

    public Texts Protocols { get; }

    public Texts Hashes { get; }

    public Extent When { get; }
}
