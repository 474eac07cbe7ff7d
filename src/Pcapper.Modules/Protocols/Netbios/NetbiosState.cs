using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>What NetBIOS tells of hosts, and who answers for names on the local link.</summary>
public sealed class NetbiosState : AnalyzerState
{
    private const int MostHosts = 20_000;

    /// <summary>Initializes a new instance of the <see cref="NetbiosState"/> class.</summary>
    public NetbiosState()
    {
        Totals = Part(new Counters((int)NetbiosTotal.Count));
        Hosts = Part(new PartMap<AddressKey, NetbiosHost>(MostHosts));
        Names = Part(new PartMap<TextKey, NetbiosNameUse>(MostHosts));
        Scans = Part(new PartMap<AddressKey, NetbiosScan>(MostHosts));
        Poisoning = Part(new NamePoisoning());
    }

    /// <summary>Gets sums over everything.</summary>
    public Counters Totals { get; }

    /// <summary>Gets what is known of each host.</summary>
    public PartMap<AddressKey, NetbiosHost> Hosts { get; }

    /// <summary>Gets who asks for and has each name, with its suffix.</summary>
    public PartMap<TextKey, NetbiosNameUse> Names { get; }

    /// <summary>Gets who asked hosts for their names.</summary>
    public PartMap<AddressKey, NetbiosScan> Scans { get; }

    /// <summary>Gets who answers for names on the local link.</summary>
    public NamePoisoning Poisoning { get; }
}
