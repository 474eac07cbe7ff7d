using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>What is known of a server.</summary>
internal sealed class SmbServerFacts : Group
{
    private const int Most = 32;
    private const int MostTexts = 3;

    public SmbServerFacts()
        : base(8)
    {
        When = Part(new Extent());
        Frames = Part(new FrameSample());
        Version1 = Part(new FrameSample());
        Dialects = Part(new PartMap<TextKey, Count>(Most));
        Unsigned = Part(new FrameSample());
        Clients = Part(new KeySet<AddressKey>(Most));
        Systems = Part(new Texts(MostTexts));
        Ids = Part(new Texts(MostTexts));
    }

    public Extent When { get; }

    /// <summary>Gets the frames of the negotiations.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets the negotiations that ended in SMB 1.</summary>
    public FrameSample Version1 { get; }

    public PartMap<TextKey, Count> Dialects { get; }

    /// <summary>Gets the negotiations in which the server did not insist on signing.</summary>
    public FrameSample Unsigned { get; }

    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets the operating systems that it names.</summary>
    public Texts Systems { get; }

    public Texts Ids { get; }
}
