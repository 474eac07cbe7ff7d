namespace Pcapper.Engine;

/// <summary>Decides which protocol the first bytes of a flow belong to, by their content; ports and names only break ties.</summary>
internal sealed class Identifier
{
    private readonly IProtocol[] _tcp;
    private readonly IProtocol[] _udp;
    private readonly Dictionary<string, IProtocol> _byName = new(StringComparer.Ordinal);

    /// <summary>Initializes a new instance of the <see cref="Identifier"/> class.</summary>
    public Identifier(IReadOnlyList<IProtocol> protocols)
    {
        _tcp = [.. protocols.Where(p => p.Transports.HasFlag(Transports.Tcp)).OrderBy(p => p.Name, StringComparer.Ordinal)];
        _udp = [.. protocols.Where(p => p.Transports.HasFlag(Transports.Udp)).OrderBy(p => p.Name, StringComparer.Ordinal)];
        foreach (IProtocol protocol in protocols)
        {
            _byName[protocol.Name] = protocol;
        }
    }

    /// <summary>Finds a protocol by its name.</summary>
    public IProtocol? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// Judges what both directions have begun with. <see cref="Confidence.Undecided"/> asks for more bytes; <paramref name="isFinal"/> says that there
    /// will be none. <paramref name="excluded"/> holds a bit per protocol that has already declined.
    /// </summary>
    public (Confidence Confidence, IProtocol? Protocol) Judge(
        Transports transport, ReadOnlySpan<byte> toResponder, ReadOnlySpan<byte> toOriginator, in FlowKey key, ulong excluded, bool isFinal)
    {
        IProtocol[] candidates = transport == Transports.Tcp ? _tcp : _udp;
        IProtocol? best = null;
        int bestRank = 0;
        bool undecided = false;
        for (int i = 0; i < candidates.Length; i++)
        {
            IProtocol candidate = candidates[i];
            if ((excluded & (1ul << i)) != 0)
            {
                continue;
            }

            Confidence asked = toResponder.Length == 0 ? Confidence.Undecided : candidate.Probe(Direction.ToResponder, toResponder);
            Confidence answered = toOriginator.Length == 0 ? Confidence.Undecided : candidate.Probe(Direction.ToOriginator, toOriginator);
            int rank = Rank(asked, answered, IsUsual(candidate, key));
            undecided |= rank == 0 && (asked == Confidence.Undecided || answered == Confidence.Undecided) && asked != Confidence.No && answered != Confidence.No;
            if (rank > bestRank)
            {
                bestRank = rank;
                best = candidate;
            }
        }

        // A single plausible direction on an unusual port waits for the other direction, or for a more certain protocol.
        const int PlausibleAlone = 1;
        const int PlausibleOnPort = 2;
        if (best is null)
        {
            return (undecided && !isFinal ? Confidence.Undecided : Confidence.No, null);
        }

        return bestRank switch
        {
            PlausibleAlone when !isFinal => (Confidence.Undecided, null),
            PlausibleAlone or PlausibleOnPort => (Confidence.Plausible, best),
            _ => (Confidence.Certain, best),
        };
    }

    /// <summary>Gets the bit that excludes a protocol.</summary>
    public ulong Bit(Transports transport, IProtocol protocol) => 1ul << Array.IndexOf(transport == Transports.Tcp ? _tcp : _udp, protocol);

    private static int Rank(Confidence asked, Confidence answered, bool isUsual) => (asked, answered) switch
    {
        (Confidence.Certain, Confidence.Certain or Confidence.Plausible) or (Confidence.Plausible, Confidence.Certain) => isUsual ? 8 : 7,
        (Confidence.Certain, Confidence.Undecided) or (Confidence.Undecided, Confidence.Certain) => isUsual ? 6 : 5,
        (Confidence.Certain, Confidence.No) or (Confidence.No, Confidence.Certain) => isUsual ? 4 : 3,
        (Confidence.Plausible, Confidence.Plausible) => isUsual ? 4 : 3,
        (Confidence.Plausible, Confidence.Undecided) or (Confidence.Undecided, Confidence.Plausible) => isUsual ? 2 : 1,
        _ => 0,
    };

    private static bool IsUsual(IProtocol protocol, in FlowKey key)
        => protocol.UsualPorts.Contains(key.ResponderPort) || protocol.UsualPorts.Contains(key.OriginatorPort);
}
