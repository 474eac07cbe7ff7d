using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>The use of one service's tickets between two hosts.</summary>
public sealed class KerberosAccess : Group
{
    /// <summary>Initializes a new instance of the <see cref="KerberosAccess"/> class.</summary>
    public KerberosAccess()
        : base(7)
    {
        Frames = Part(new FrameSample());
        Carriers = Part(new Texts());
        Refused = Part(new Count());
        Encryptions = Part(new Texts());
        When = Part(new Extent());
        Old = Part(new FrameSample());
        OldVersions = Part(new KeySet<NumberKey>(8));
    }

    /// <summary>Gets the frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets what carried them.</summary>
    public Texts Carriers { get; }

    /// <summary>Gets how many the service refused.</summary>
    public Count Refused { get; }

    /// <summary>Gets the encryption types of the tickets.</summary>
    public Texts Encryptions { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Gets the tickets in RC4.</summary>
    public FrameSample Old { get; }

    /// <summary>Gets the versions of the keys those are in.</summary>
    public KeySet<NumberKey> OldVersions { get; }
}
