using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>What is known of a server.</summary>
public sealed class NfsServer : Group
{
    private const int MostExports = 32;

    /// <summary>Initializes a new instance of the <see cref="NfsServer"/> class.</summary>
    public NfsServer()
        : base(4)
    {
        Exports = Part(new Texts(MostExports));
        Versions = Part(new Bits());
        Clients = Part(new Sketch());
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets the exports it listed, and to whom.</summary>
    public Texts Exports { get; }

    /// <summary>Gets the versions of NFS it was asked in.</summary>
    public Bits Versions { get; }

    /// <summary>Gets who asked it.</summary>
    public Sketch Clients { get; }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }
}
