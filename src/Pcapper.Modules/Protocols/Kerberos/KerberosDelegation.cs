using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Tickets that a host got in the name of one user.</summary>
public sealed class KerberosDelegation : Group
{
    /// <summary>Initializes a new instance of the <see cref="KerberosDelegation"/> class.</summary>
    public KerberosDelegation()
        : base(6)
    {
        Self = Part(new FrameSample());
        Proxied = Part(new FrameSample());
        Services = Part(new Texts());
        Requesters = Part(new Texts());
        Servers = Part(new KeySet<AddressKey>(8));
        When = Part(new Extent());
    }

    /// <summary>Gets the tickets to itself (S4U2self).</summary>
    public FrameSample Self { get; }

    /// <summary>Gets the tickets to other services (S4U2proxy).</summary>
    public FrameSample Proxied { get; }

    /// <summary>Gets those other services.</summary>
    public Texts Services { get; }

    /// <summary>Gets the services that asked.</summary>
    public Texts Requesters { get; }

    /// <summary>Gets who was asked.</summary>
    public KeySet<AddressKey> Servers { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
