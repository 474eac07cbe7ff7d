using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>What one client did on one server.</summary>
public sealed class NfsClient : Group
{
    /// <summary>Initializes a new instance of the <see cref="NfsClient"/> class.</summary>
    public NfsClient()
        : base(10)
    {
        Calls = Part(new Count());
        ReadBytes = Part(new Count());
        WrittenBytes = Part(new Count());
        Versions = Part(new Bits());
        Credentials = Part(new Texts(6));
        Mounts = Part(new Texts());
        Extent = Part(new Extent());
        Denied = Part(new FrameSample());
        DeniedPaths = Part(new Sketch());
        RootChanges = Part(new FrameSample());
    }

    /// <summary>Gets the calls.</summary>
    public Count Calls { get; }

    /// <summary>Gets the bytes of files read.</summary>
    public Count ReadBytes { get; }

    /// <summary>Gets the bytes written.</summary>
    public Count WrittenBytes { get; }

    /// <summary>Gets the versions of NFS.</summary>
    public Bits Versions { get; }

    /// <summary>Gets as whom, in words.</summary>
    public Texts Credentials { get; }

    /// <summary>Gets the paths mounted with success.</summary>
    public Texts Mounts { get; }

    /// <summary>Gets when.</summary>
    public Extent Extent { get; }

    /// <summary>Gets the calls that were denied.</summary>
    public FrameSample Denied { get; }

    /// <summary>Gets how many paths were denied.</summary>
    public Sketch DeniedPaths { get; }

    /// <summary>Gets the changes made with success as uid 0 that nothing proves.</summary>
    public FrameSample RootChanges { get; }
}
