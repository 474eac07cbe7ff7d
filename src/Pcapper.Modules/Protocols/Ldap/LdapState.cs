using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>Who asked which directory for what, and what came of it.</summary>
public sealed class LdapState : AnalyzerState
{
    private const int MostKeys = 20_000;
    private const int FewKeys = 4096;

    /// <summary>Initializes a new instance of the <see cref="LdapState"/> class.</summary>
    public LdapState()
    {
        Totals = Part(new Counters());
        Servers = Part(new PartMap<AddressKey, LdapServer>(FewKeys));
        Clients = Part(new PartMap<PairKey, LdapClient>(MostKeys));
        Binds = Part(new PartMap<Key3<PairKey, TextKey, TextKey>, LdapBind>(MostKeys));
        Filters = Part(new PartMap<Key2<PairKey, TextKey>, LdapFilterUse>(MostKeys));
        Marks = Part(new PartMap<Key2<PairKey, NumberKey>, LdapMarkFacts>(MostKeys));
        Passwords = Part(new PartMap<Key2<PairKey, TextKey>, LdapMarkFacts>(FewKeys));
        Changes = Part(new PartMap<Key3<PairKey, NumberKey, TextKey>, LdapChange>(MostKeys));
        ServerObjects = Part(new PartMap<Key2<PairKey, TextKey>, LdapServerObject>(FewKeys));
        JavaObjects = Part(new PartMap<PairKey, LdapJavaFacts>(FewKeys));
        Results = Part(new PartMap<Key2<NumberKey, NumberKey>, FrameSample>(FewKeys));
    }

    /// <summary>Gets sums over everything (<see cref="LdapTotal"/>).</summary>
    public Counters Totals { get; }

    /// <summary>Gets the directory servers.</summary>
    public PartMap<AddressKey, LdapServer> Servers { get; }

    /// <summary>Gets who searched where.</summary>
    public PartMap<PairKey, LdapClient> Clients { get; }

    /// <summary>Gets the binds per hosts, mechanism and name.</summary>
    public PartMap<Key3<PairKey, TextKey, TextKey>, LdapBind> Binds { get; }

    /// <summary>Gets the filters per hosts; pings of domain controllers are left out.</summary>
    public PartMap<Key2<PairKey, TextKey>, LdapFilterUse> Filters { get; }

    /// <summary>Gets what is being looked for (<see cref="LdapMark"/>) per hosts.</summary>
    public PartMap<Key2<PairKey, NumberKey>, LdapMarkFacts> Marks { get; }

    /// <summary>Gets the requests for attributes that hold passwords, per hosts and attribute.</summary>
    public PartMap<Key2<PairKey, TextKey>, LdapMarkFacts> Passwords { get; }

    /// <summary>Gets the changes per hosts, kind (<see cref="LdapOperationKind"/>) and attribute.</summary>
    public PartMap<Key3<PairKey, NumberKey, TextKey>, LdapChange> Changes { get; }

    /// <summary>Gets the entries of domain controllers that were added or deleted.</summary>
    public PartMap<Key2<PairKey, TextKey>, LdapServerObject> ServerObjects { get; }

    /// <summary>Gets the Java objects per server and client.</summary>
    internal PartMap<PairKey, LdapJavaFacts> JavaObjects { get; }

    /// <summary>Gets the answers per operation and result code.</summary>
    public PartMap<Key2<NumberKey, NumberKey>, FrameSample> Results { get; }
}
