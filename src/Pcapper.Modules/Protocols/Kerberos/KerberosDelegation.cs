using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Tickets that a host got in the name of one user.</summary>
public sealed class KerberosDelegation : Group
{
    private const int MostTickets = 64;

    /// <summary>Initializes a new instance of the <see cref="KerberosDelegation"/> class.</summary>
    public KerberosDelegation()
        : base(10)
    {
        Self = Part(new FrameSample());
        Proxied = Part(new FrameSample());
        UserToUser = Part(new FrameSample());
        SelfWhen = Part(new Extent());
        SelfTickets = Part(new KeySet<Key3<NumberKey, NumberKey, NumberKey>>(MostTickets));
        Evidence = Part(new PartMap<Key3<NumberKey, NumberKey, NumberKey>, KerberosEvidenceTicket>(MostTickets));
        Services = Part(new Texts());
        Requesters = Part(new Texts());
        Servers = Part(new KeySet<AddressKey>(8));
        When = Part(new Extent());
    }

    /// <summary>Gets the tickets to itself (S4U2self).</summary>
    public FrameSample Self { get; }

    /// <summary>Gets the tickets to other services (S4U2proxy).</summary>
    public FrameSample Proxied { get; }

    /// <summary>Gets those tickets to itself that were asked for with a key of another ticket (user to user).</summary>
    public FrameSample UserToUser { get; }

    /// <summary>Gets when tickets to itself were issued.</summary>
    public Extent SelfWhen { get; }

    /// <summary>Gets the tickets to itself: encryption type, length, and a hash of the bytes.</summary>
    internal KeySet<Key3<NumberKey, NumberKey, NumberKey>> SelfTickets { get; }

    /// <summary>Gets the tickets that were shown for the user, in the same form.</summary>
    internal PartMap<Key3<NumberKey, NumberKey, NumberKey>, KerberosEvidenceTicket> Evidence { get; }

    /// <summary>Gets those other services.</summary>
    public Texts Services { get; }

    /// <summary>Gets the services that asked.</summary>
    public Texts Requesters { get; }

    /// <summary>Gets who was asked.</summary>
    public KeySet<AddressKey> Servers { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
