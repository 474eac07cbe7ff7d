using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>What was done with a file or directory.</summary>
public sealed class NfsFile : Group
{
    /// <summary>Initializes a new instance of the <see cref="NfsFile"/> class.</summary>
    public NfsFile()
        : base(5)
    {
        Operations = Part(new Texts());
        ReadBytes = Part(new Count());
        WrittenBytes = Part(new Count());
        Clients = Part(new KeySet<AddressKey>(cap: 4));
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets the operations.</summary>
    public Texts Operations { get; }

    /// <summary>Gets the bytes read.</summary>
    public Count ReadBytes { get; }

    /// <summary>Gets the bytes written.</summary>
    public Count WrittenBytes { get; }

    /// <summary>Gets who did.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }
}
