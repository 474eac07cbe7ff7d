using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The files to which one client gave the same new extension.</summary>
internal sealed class SmbRenameFacts : Group
{
    private const int MostNames = 1024;
    private const int MostTexts = 3;

    public SmbRenameFacts()
        : base(5)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Times = Part(new Times());
        Names = Part(new KeySet<TextKey>(MostNames));
        Samples = Part(new Texts(MostTexts));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Times Times { get; }

    public KeySet<TextKey> Names { get; }

    public Texts Samples { get; }
}
