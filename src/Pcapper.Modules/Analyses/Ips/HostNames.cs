using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ips;

/// <summary>The names that an address was given, and by what.</summary>
public sealed class HostNames : Group
{
    private const int Most = 16;

    // What hosts say of themselves comes before what others call them, and that before what shares an address.
    private static readonly NameSource[] s_order =
    [
        NameSource.CaptureFile, NameSource.Dhcp, NameSource.Ldap, NameSource.Ntlm, NameSource.Netbios, NameSource.Mdns, NameSource.Llmnr, NameSource.Dns, NameSource.TlsServerName,
        NameSource.Certificate, NameSource.HttpHost,
    ];

    /// <summary>Initializes a new instance of the <see cref="HostNames"/> class.</summary>
    public HostNames()
        : base(1)
        => Names = Part(new PartMap<Key2<NumberKey, TextKey>, Count>(Most));

    /// <summary>Gets how often each source (<see cref="NameSource"/>) gave each name.</summary>
    public PartMap<Key2<NumberKey, TextKey>, Count> Names { get; }

    /// <summary>Gets the name to call the host by, and who said so; of one source the one given most often.</summary>
    public (string Name, NameSource Source)? Best()
    {
        (string Name, NameSource Source)? best = null;
        int bestRank = int.MaxValue;
        long bestCount = 0;
        foreach ((Key2<NumberKey, TextKey> key, Count count) in Names.Entries)
        {
            int rank = Array.IndexOf(s_order, (NameSource)key.First.Value);
            rank = rank < 0 ? s_order.Length : rank;
            if (rank < bestRank || (rank == bestRank && count.Value > bestCount))
            {
                (best, bestRank, bestCount) = ((key.Second.Text, (NameSource)key.First.Value), rank, count.Value);
            }
        }

        return best;
    }
}
