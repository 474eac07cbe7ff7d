using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Who asked whom for which tickets, and what came of it.</summary>
public sealed class KerberosState : AnalyzerState
{
    private const int MostKeys = 50_000;
    private const int FewKeys = 4096;

    /// <summary>Initializes a new instance of the <see cref="KerberosState"/> class.</summary>
    public KerberosState()
    {
        Totals = Part(new Counters());
        Realms = Part(new PartMap<TextKey, KerberosRealm>(FewKeys));
        Servers = Part(new PartMap<AddressKey, KerberosServer>(FewKeys));
        Users = Part(new PartMap<Key2<AddressKey, TextKey>, KerberosUser>(MostKeys));
        Services = Part(new PartMap<Key2<AddressKey, TextKey>, KerberosServiceUse>(MostKeys));
        Encryptions = Part(new PartMap<NumberKey, Counters>(FewKeys, () => new Counters(3)));
        Errors = Part(new PartMap<NumberKey, KerberosErrorFacts>(FewKeys));
        Delegations = Part(new PartMap<Key2<AddressKey, TextKey>, KerberosDelegation>(MostKeys));
        OldTickets = Part(new PartMap<Key2<PairKey, TextKey>, FrameSample>(FewKeys));
        Des = Part(new PartMap<Key2<PairKey, TextKey>, FrameSample>(FewKeys));
        AesClients = Part(new KeySet<AddressKey>(MostKeys));
        SelfTickets = Part(new PartMap<Key2<AddressKey, TextKey>, FrameSample>(FewKeys));
        Accesses = Part(new PartMap<Key2<PairKey, TextKey>, KerberosAccess>(MostKeys));
    }

    /// <summary>Gets sums over everything (<see cref="KerberosTotal"/>).</summary>
    public Counters Totals { get; }

    /// <summary>Gets the realms, in upper case.</summary>
    public PartMap<TextKey, KerberosRealm> Realms { get; }

    /// <summary>Gets the key distribution centers.</summary>
    public PartMap<AddressKey, KerberosServer> Servers { get; }

    /// <summary>Gets the principals per address: <c>alice@EXAMPLE.COM</c>.</summary>
    public PartMap<Key2<AddressKey, TextKey>, KerberosUser> Users { get; }

    /// <summary>Gets the services per address: <c>HTTP/web.example.com</c>.</summary>
    public PartMap<Key2<AddressKey, TextKey>, KerberosServiceUse> Services { get; }

    /// <summary>Gets how often each encryption type was offered, used for a ticket, and used for a reply.</summary>
    public PartMap<NumberKey, Counters> Encryptions { get; }

    /// <summary>Gets the refusals per code.</summary>
    public PartMap<NumberKey, KerberosErrorFacts> Errors { get; }

    /// <summary>Gets the tickets in other users' names per address and user.</summary>
    public PartMap<Key2<AddressKey, TextKey>, KerberosDelegation> Delegations { get; }

    /// <summary>Gets the ticket-granting tickets in RC4 that were shown, per hosts and realm.</summary>
    public PartMap<Key2<PairKey, TextKey>, FrameSample> OldTickets { get; }

    /// <summary>Gets the replies in DES, per hosts and service.</summary>
    public PartMap<Key2<PairKey, TextKey>, FrameSample> Des { get; }

    /// <summary>Gets the hosts that offered AES for a first ticket.</summary>
    public KeySet<AddressKey> AesClients { get; }

    /// <summary>Gets the user-to-user tickets of principals to themselves, per address and principal.</summary>
    public PartMap<Key2<AddressKey, TextKey>, FrameSample> SelfTickets { get; }

    /// <summary>Gets the tickets shown to services.</summary>
    public PartMap<Key2<PairKey, TextKey>, KerberosAccess> Accesses { get; }
}
