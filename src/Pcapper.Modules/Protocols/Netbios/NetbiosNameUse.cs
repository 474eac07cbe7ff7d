using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>Who asks for a name, and who has it.</summary>
public sealed class NetbiosNameUse : Group
{
    /// <summary>Initializes a new instance of the <see cref="NetbiosNameUse"/> class.</summary>
    public NetbiosNameUse()
        : base(6)
    {
        Queries = Part(new Count());
        Refusals = Part(new Count());
        GroupClaims = Part(new Count());
        Askers = Part(new KeySet<AddressKey>(cap: 4));
        Owners = Part(new KeySet<AddressKey>(cap: 4));
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets how often it was asked for.</summary>
    public Count Queries { get; }

    /// <summary>Gets how often a claim or question was refused.</summary>
    public Count Refusals { get; }

    /// <summary>Gets how often it was claimed or answered as a group's name.</summary>
    public Count GroupClaims { get; }

    /// <summary>Gets who asked for it.</summary>
    public KeySet<AddressKey> Askers { get; }

    /// <summary>Gets whose it is.</summary>
    public KeySet<AddressKey> Owners { get; }

    /// <summary>Gets the first frames with it.</summary>
    public FrameSample Frames { get; }
}
