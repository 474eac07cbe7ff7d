using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>What is known of one content.</summary>
internal sealed class FileCopies : Group
{
    private const int MostHosts = 16;

    public FileCopies()
        : base(8)
    {
        Times = Part(new Count());
        Size = Part(new Maximum());
        Names = Part(new Texts());
        Types = Part(new Texts(3));
        Md5 = Part(new Texts(1));
        Senders = Part(new KeySet<AddressKey>(MostHosts));
        Receivers = Part(new KeySet<AddressKey>(MostHosts));
        Frames = Part(new FrameSample());
    }

    public Count Times { get; }

    public Maximum Size { get; }

    public Texts Names { get; }

    public Texts Types { get; }

    public Texts Md5 { get; }

    public KeySet<AddressKey> Senders { get; }

    public KeySet<AddressKey> Receivers { get; }

    public FrameSample Frames { get; }
}
