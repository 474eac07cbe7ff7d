using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What one client did with a file.</summary>
internal sealed class SmbFileFacts : Group
{
    private const int MostTexts = 3;

    public SmbFileFacts()
        : base(9)
    {
        Frames = Part(new FrameSample());
        Written = Part(new FrameSample());
        When = Part(new Extent());
        Actions = Part(new Counters());
        Failed = Part(new Count());
        ReadBytes = Part(new Count());
        WrittenBytes = Part(new Count());
        Accounts = Part(new Texts(MostTexts));
        Types = Part(new Texts(MostTexts));
    }

    public FrameSample Frames { get; }

    /// <summary>Gets the frames that began to write it.</summary>
    public FrameSample Written { get; }

    public Extent When { get; }

    /// <summary>Gets what was done with success, by <see cref="SmbFileAction"/>.</summary>
    public Counters Actions { get; }

    public Count Failed { get; }

    public Count ReadBytes { get; }

    public Count WrittenBytes { get; }

    public Texts Accounts { get; }

    /// <summary>Gets the media types that its content shows.</summary>
    public Texts Types { get; }
}
