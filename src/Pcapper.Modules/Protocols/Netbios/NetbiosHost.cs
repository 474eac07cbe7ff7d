using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>What is known of a host by NetBIOS.</summary>
public sealed class NetbiosHost : Group
{
    /// <summary>Initializes a new instance of the <see cref="NetbiosHost"/> class.</summary>
    public NetbiosHost()
        : base(8)
    {
        Names = Part(new Texts());
        Groups = Part(new Texts());
        Roles = Part(new Texts());
        Versions = Part(new Texts(4));
        Comments = Part(new Texts(4));
        Macs = Part(new Texts(4));
        Queries = Part(new Count());
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets the names that are its own.</summary>
    public Texts Names { get; }

    /// <summary>Gets the domains and workgroups that it is in.</summary>
    public Texts Groups { get; }

    /// <summary>Gets what it offers.</summary>
    public Texts Roles { get; }

    /// <summary>Gets the Windows versions that it announced.</summary>
    public Texts Versions { get; }

    /// <summary>Gets the comments that it announced.</summary>
    public Texts Comments { get; }

    /// <summary>Gets the link addresses that it told.</summary>
    public Texts Macs { get; }

    /// <summary>Gets how many names it asked for.</summary>
    public Count Queries { get; }

    /// <summary>Gets the frames that tell.</summary>
    public FrameSample Frames { get; }
}
