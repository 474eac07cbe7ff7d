using Pcapper.Engine;
using Pcapper.Modules.Data;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Beacon;

/// <summary>Looks for rhythms in all series, and keeps each traffic once.</summary>
internal sealed class BeaconFinder
{
    // A candidate is worth a look; a finding needs more.
    private const double LeastScore = 0.4;
    private const int MostNames = 4;

    private readonly BeaconState _state;
    private readonly AllowList _allow;
    private readonly long _first = long.MaxValue;
    private readonly long _last = long.MinValue;
    private readonly Dictionary<(IpAddress Client, EndpointKey Server), List<string>> _namesOf = [];
    private readonly List<BeaconCandidate> _found = [];
    private int _tried;

    private BeaconFinder(BeaconState state, Conclusions conclusions)
    {
        (_state, _allow) = (state, conclusions.Allow);
        foreach (CaptureSummary capture in conclusions.CaptureSummaries)
        {
            _first = Math.Min(_first, capture.First?.Nanoseconds ?? long.MaxValue);
            _last = Math.Max(_last, capture.Last?.Nanoseconds ?? long.MinValue);
        }
    }

    /// <summary>Finds the rhythms.</summary>
    public static BeaconReport Find(BeaconState state, Conclusions conclusions)
    {
        var finder = new BeaconFinder(state, conclusions);
        finder.LookAtNames();
        finder.LookAtServers();
        finder.LookAtQueries();
        return finder.Report();
    }

    private void LookAtNames()
    {
        IReadOnlyList<KeyValuePair<Key2<AddressKey, TextKey>, NamedBeats>> names = _state.Names.Entries;
        foreach ((Key2<AddressKey, TextKey> key, NamedBeats beats) in names)
        {
            foreach (EndpointKey server in beats.Servers)
            {
                (IpAddress, EndpointKey) place = (key.First.Address, server);
                if (!_namesOf.TryGetValue(place, out List<string>? known))
                {
                    _namesOf.Add(place, known = []);
                }

                if (known.Count < MostNames)
                {
                    known.Add(key.Second.Text);
                }
            }
        }

        Dictionary<string, int> clients = Count(names.Select(n => n.Key.Second.Text));
        foreach ((Key2<AddressKey, TextKey> key, NamedBeats beats) in names)
        {
            Add(SeriesKind.Name, key.First.Address, key.Second.Text, beats, beats.Servers, clients[key.Second.Text], beats);
        }

        Dictionary<string, int> domainClients = Count(names
            .Select(n => (n.Key.First.Address, Domain: BeaconCandidate.IsAddress(n.Key.Second.Text) ? null : PublicSuffixes.RegisteredDomain(n.Key.Second.Text)))
            .Where(n => n.Domain is not null).Distinct().Select(n => n.Domain!));
        foreach ((IpAddress client, string domain, NamedBeats beats) in Domains(names))
        {
            Add(SeriesKind.Domain, client, domain, beats, beats.Servers, domainClients.GetValueOrDefault(domain, 1), beats);
        }
    }

    private void LookAtServers()
    {
        IReadOnlyList<KeyValuePair<Key2<AddressKey, EndpointKey>, BeatSeries>> servers = _state.Servers.Entries;
        Dictionary<EndpointKey, int> clients = Count(servers.Select(s => s.Key.Second));
        foreach ((Key2<AddressKey, EndpointKey> key, BeatSeries beats) in servers)
        {
            Add(SeriesKind.Server, key.First.Address, null, beats, [key.Second], clients[key.Second], null);
        }
    }

    private void LookAtQueries()
    {
        IReadOnlyList<KeyValuePair<Key2<AddressKey, TextKey>, BeatSeries>> queries = _state.Queries.Entries;
        Dictionary<string, int> clients = Count(queries.Select(q => q.Key.Second.Text));
        foreach ((Key2<AddressKey, TextKey> key, BeatSeries beats) in queries)
        {
            Add(SeriesKind.Query, key.First.Address, key.Second.Text, beats, [], clients[key.Second.Text], null);
        }

        foreach ((IpAddress client, string domain, BeatSeries beats) in Domains(queries))
        {
            Add(SeriesKind.QueryDomain, client, domain, beats, [], 1, null);
        }
    }

    // Domains of which a client used several names; one name is a series itself.
    private static IEnumerable<(IpAddress Client, string Domain, TSeries Beats)> Domains<TSeries>(IReadOnlyList<KeyValuePair<Key2<AddressKey, TextKey>, TSeries>> names)
        where TSeries : BeatSeries, new()
    {
        foreach (var group in names
            .Where(n => !BeaconCandidate.IsAddress(n.Key.Second.Text))
            .Select(n => (Client: n.Key.First.Address, Domain: PublicSuffixes.RegisteredDomain(n.Key.Second.Text), n.Value))
            .Where(n => n.Domain is not null)
            .GroupBy(n => (n.Client, n.Domain)))
        {
            if (group.Skip(1).Any() && group.Sum(n => n.Value.Total) >= Rhythm.LeastBeats)
            {
                var all = new TSeries();
                foreach (var name in group)
                {
                    all.Merge(name.Value);
                }

                yield return (group.Key.Client, group.Key.Domain!, all);
            }
        }
    }

    private static Dictionary<TKey, int> Count<TKey>(IEnumerable<TKey> keys)
        where TKey : notnull
        => keys.CountBy(k => k).ToDictionary();

    private void Add(SeriesKind kind, IpAddress client, string? name, BeatSeries series, IReadOnlyList<EndpointKey> servers, int clients, NamedBeats? requests)
    {
        if (series.Total < Rhythm.LeastBeats)
        {
            return;
        }

        _tried++;
        IReadOnlyList<Beat> beats = series.Beats;
        if (Rhythm.Of(beats) is not { } rhythm || rhythm.Score < LeastScore)
        {
            return;
        }

        List<Beat> starts = [.. beats.Where(b => !b.IsInside)];
        var candidate = new BeaconCandidate
        {
            Kind = kind,
            Client = client,
            Name = name,
            Servers = servers,
            OtherNames = kind == SeriesKind.Server ? _namesOf.GetValueOrDefault((client, servers[0])) ?? [] : [],
            Requests = requests,
            Events = series.Total,
            Clients = clients,
            Rhythm = rhythm,
            Rita = RitaScore.Of(
                [.. starts.Select(b => Seconds(b.Time))], [.. starts.Select(b => b.Bytes)],
                Seconds(Math.Min(_first, beats[0].Time)), Seconds(Math.Max(_last, series.Last.Nanoseconds))),
            IsCut = series.Total > beats.Count,
        };
        _found.Add(candidate with { Expected = ExpectedTraffic.Of(candidate, _allow) });
    }

    private BeaconReport Report()
    {
        List<BeaconCandidate> candidates = [];
        List<BeaconCandidate> expected = [];
        List<BeaconCandidate> repeated = [];
        foreach (BeaconCandidate candidate in _found
            .OrderByDescending(Worth).ThenByDescending(c => c.Rhythm.Beats.Count).ThenBy(c => c.Kind).ThenBy(c => c.Client).ThenBy(c => c.Destination, StringComparer.Ordinal))
        {
            if (candidate.Expected is not null)
            {
                expected.Add(candidate);
            }
            else if (candidates.Find(c => IsSame(c, candidate)) is { } same)
            {
                repeated.Add(candidate with { PartOf = same.Destination });
            }
            else if (!expected.Exists(e => IsSame(e, candidate)))
            {
                candidates.Add(candidate);
            }
        }

        return new BeaconReport(candidates, expected, repeated, _tried);
    }

    // A name says more than an address, unless the address has the clearer rhythm by far.
    private static double Worth(BeaconCandidate candidate) => candidate.Rhythm.Score + (candidate.Kind switch
    {
        SeriesKind.Name => 0.1,
        SeriesKind.Domain => 0.05,
        SeriesKind.Server => 0,
        _ => -0.1,
    });

    private static bool IsSame(BeaconCandidate one, BeaconCandidate other)
    {
        if (one.Client != other.Client)
        {
            return false;
        }

        bool isByName = one.Name is not null && other.Name is not null;
        return isByName ? one.Kind != other.Kind && Domain(one) == Domain(other)
            : one.Kind != other.Kind && one.Servers.Any(s => other.Servers.Contains(s));
    }

    private static string Domain(BeaconCandidate candidate) => PublicSuffixes.RegisteredDomain(candidate.Name!) ?? candidate.Name!;

    private static long Seconds(long nanoseconds) => (long)Math.Floor(nanoseconds / (double)Timestamp.PerSecond);
}
