using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>Finds which of very many entries of lists name an observable.</summary>
internal sealed class WatchIndex
{
    private const int MappedBits = 96;

    private static readonly List<(int Pattern, int Term)> s_none = [];

    private readonly IReadOnlyList<WatchedPattern> _patterns;
    private readonly Dictionary<(IndicatorKind Kind, string Value), List<(int Pattern, int Term)>> _whole = [];
    private readonly Dictionary<string, List<(int Pattern, int Term)>> _domains = new(StringComparer.Ordinal);
    private readonly HashSet<IpAddress> _addresses = [];
    private readonly SortedDictionary<int, Dictionary<IpAddress, List<(int Pattern, int Term)>>> _ranges = [];

    public WatchIndex(IReadOnlyList<WatchedPattern> patterns)
    {
        _patterns = patterns;
        for (int pattern = 0; pattern < patterns.Count; pattern++)
        {
            for (int term = 0; term < patterns[pattern].Terms.Count; term++)
            {
                Add(patterns[pattern].Terms[term], (pattern, term));
            }
        }
    }

    /// <summary>Gets the first so many bits of an address, the rest being zero.</summary>
    public static IpAddress Cut(IpAddress address, int bits) => bits switch
    {
        <= 0 => default,
        <= 64 => new IpAddress(address.High & (ulong.MaxValue << (64 - bits)), 0),
        < 128 => new IpAddress(address.High, address.Low & (ulong.MaxValue << (128 - bits))),
        _ => address,
    };

    /// <summary>Tells whether an entry, or a term of one, names a value; null is none.</summary>
    public bool Has(IndicatorKind kind, string? value)
        => value is not null && (Whole(kind, StateText.Cut(value)).Count > 0 || (kind == IndicatorKind.Domain && Below(value).Any()));

    /// <summary>Tells whether an entry names an address, or a range that it is in.</summary>
    public bool Has(IpAddress address) => _addresses.Contains(address) || _ranges.Any(r => r.Value.ContainsKey(Cut(address, r.Key)));

    /// <summary>Finds them; of an entry of several terms only if all were seen.</summary>
    public IReadOnlyList<WatchHit> Find(IEnumerable<Observable> observables)
    {
        var hits = new List<WatchHit>();
        var parts = new SortedDictionary<int, SortedDictionary<int, WatchHit>>();
        foreach (Observable observable in observables.OrderBy(o => o.Kind).ThenBy(o => o.Value, StringComparer.Ordinal))
        {
            foreach ((int pattern, int term) in Entries(observable))
            {
                WatchedPattern entry = _patterns[pattern];
                var hit = new WatchHit(observable, entry, Text(entry.Terms[term]), ModeOf(entry.Terms[term], observable));
                if (entry.Terms.Count == 1)
                {
                    hits.Add(hit);
                    continue;
                }

                if (!parts.TryGetValue(pattern, out SortedDictionary<int, WatchHit>? seen))
                {
                    parts.Add(pattern, seen = []);
                }

                seen.TryAdd(term, hit);
            }
        }

        // One finding for what belongs together: about the first of its terms.
        hits.AddRange(parts.Where(p => p.Value.Count == _patterns[p.Key].Terms.Count).Select(p => p.Value.First().Value));
        return hits;
    }

    private static string Text(WatchedTerm term) => term.Mode == WatchMode.Subnet && IpAddress.TryParse(term.Value, out IpAddress first)
        ? string.Create(CultureInfo.InvariantCulture, $"{term.Value}/{(first.IsIPv4 ? term.Prefix - MappedBits : term.Prefix)}")
        : term.Value;

    private static WatchMode ModeOf(WatchedTerm term, Observable observable)
        => term.Mode == WatchMode.Subdomains && term.Value == observable.Value ? WatchMode.Exact : term.Mode;

    private IEnumerable<(int Pattern, int Term)> Entries(Observable observable)
    {
        IEnumerable<(int, int)> found = Whole(observable.Kind, observable.Value);
        if (observable.Kind == IndicatorKind.Sha256)
        {
            found = found.Concat(Whole(IndicatorKind.Md5, observable.Md5)).Concat(Whole(IndicatorKind.Sha1, observable.Sha1));
        }
        else if (observable.Kind == IndicatorKind.Domain)
        {
            found = found.Concat(Below(observable.Value));
        }
        else if (observable.Kind == IndicatorKind.Address && IpAddress.TryParse(observable.Value, out IpAddress address))
        {
            found = found.Concat(_ranges.SelectMany(r => Get(r.Value, Cut(address, r.Key))));
        }

        return found;
    }

    private List<(int Pattern, int Term)> Whole(IndicatorKind kind, string? value) => value is null ? s_none : Get(_whole, (kind, value));

    private IEnumerable<(int, int)> Below(string name)
    {
        for (int dot = name.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = name.IndexOf('.', dot + 1))
        {
            foreach ((int, int) entry in Get(_domains, name[(dot + 1)..]))
            {
                yield return entry;
            }
        }
    }

    private static List<(int Pattern, int Term)> Get<TKey>(Dictionary<TKey, List<(int Pattern, int Term)>> map, TKey key)
        where TKey : notnull
        => map.TryGetValue(key, out List<(int Pattern, int Term)>? entries) ? entries : s_none;

    private static void Put<TKey>(Dictionary<TKey, List<(int Pattern, int Term)>> map, TKey key, (int Pattern, int Term) entry)
        where TKey : notnull
    {
        if (!map.TryGetValue(key, out List<(int Pattern, int Term)>? entries))
        {
            map.Add(key, entries = []);
        }

        entries.Add(entry);
    }

    private void Add(WatchedTerm term, (int Pattern, int Term) entry)
    {
        if (term.Mode == WatchMode.Subnet)
        {
            if (!_ranges.TryGetValue(term.Prefix, out Dictionary<IpAddress, List<(int Pattern, int Term)>>? range))
            {
                _ranges.Add(term.Prefix, range = []);
            }

            if (IpAddress.TryParse(term.Value, out IpAddress first))
            {
                Put(range, Cut(first, term.Prefix), entry);
            }

            return;
        }

        // A name is of itself an exact match; what is below it is not.
        Put(_whole, (term.Kind, StateText.Cut(term.Value)), entry);
        if (term.Kind == IndicatorKind.Address && IpAddress.TryParse(term.Value, out IpAddress address))
        {
            _addresses.Add(address);
        }

        if (term.Mode == WatchMode.Subdomains)
        {
            Put(_domains, term.Value, entry);
        }
    }
}
