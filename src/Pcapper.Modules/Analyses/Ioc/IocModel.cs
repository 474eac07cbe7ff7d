using Pcapper.Engine;
using Pcapper.Modules.FileTypes;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>All observables of a run, by kind and value, and the findings that point at them.</summary>
internal sealed class IocModel
{
    private readonly Dictionary<(IndicatorKind Kind, string Value), Observable> _all = [];
    private readonly Dictionary<(IndicatorKind Kind, string Value), List<Finding>> _findings = [];

    public IocModel(IocState state)
    {
        foreach ((AddressKey key, ObservableUse use) in state.Addresses.Entries)
        {
            Add(IndicatorKind.Address, key.ToString(), use);
        }

        foreach ((TextKey key, ObservableUse use) in state.Names.Entries)
        {
            Add(IndicatorKind.Domain, key.Text, use);
        }

        foreach ((TextKey key, ObservableUse use) in state.Urls.Entries)
        {
            Add(IndicatorKind.Url, key.Text, use);
        }

        foreach ((TextKey key, ObservableUse use) in state.Files.Entries)
        {
            Add(IndicatorKind.Sha256, key.Text, use);
        }

        foreach ((Key2<NumberKey, TextKey> key, ObservableUse use) in state.Others.Entries)
        {
            Add((IndicatorKind)key.First.Value, key.Second.Text, use);
        }

        foreach ((Key2<NumberKey, TextKey> key, ObservableUse use) in state.Watched.Entries)
        {
            Add((IndicatorKind)key.First.Value, key.Second.Text, use);
        }
    }

    /// <summary>Gets all observables, whatever they are, without findings.</summary>
    public IEnumerable<Observable> All => _all.Values;

    /// <summary>Notes what findings of medium severity and more point at.</summary>
    public void Judge(IEnumerable<Finding> findings, IEnumerable<Indicator> indicators)
    {
        foreach (Indicator indicator in indicators.Where(i => i.Finding is { Severity: >= Severity.Medium }))
        {
            Point(indicator.Finding!, indicator.Kind, indicator.Value, indicator.First);
            if (indicator.Kind is IndicatorKind.FileName or IndicatorKind.Url)
            {
                PointToFiles(indicator.Finding!, indicator.Value);
            }
        }

        foreach (Finding finding in findings.Where(f => f.Severity >= Severity.Medium))
        {
            JudgeBySubject(finding);
        }
    }

    /// <summary>Lets a finding point at an observable.</summary>
    public void Point(Finding finding, Observable observable) => Point(finding, (observable.Kind, observable.Value));

    /// <summary>Gets the observables in order: those that findings point at, then by kind and value.</summary>
    public IReadOnlyList<Observable> ToList(bool keepsAll) =>
    [
        .. _all.Values
            .Where(o => o.Kind is not (IndicatorKind.User or IndicatorKind.Mac) && (keepsAll || !(CommonValues.Has(o.Kind, o.Value) || IsCovered(o))))
            .Select(o => _findings.TryGetValue((o.Kind, o.Value), out List<Finding>? findings) ? o with { Findings = [.. ReportDocument.InOrder(findings)] } : o)
            .OrderByDescending(o => o.IsIndicator)
            .ThenByDescending(o => o.Severity)
            .ThenBy(o => o.Kind)
            .ThenBy(o => o.Value, StringComparer.Ordinal),
    ];

    private static (IndicatorKind Kind, string Value)? Spelled(IndicatorKind kind, string value) => kind switch
    {
        IndicatorKind.Address => IpAddress.TryParse(value, out IpAddress address) ? (kind, address.ToString()) : null,
        IndicatorKind.Domain => IocValues.Domain(value) is { } domain ? (kind, domain) : null,
        IndicatorKind.Url => IocValues.Url(value) is { } url ? (kind, StateText.Cut(url)) : null,
        IndicatorKind.Email => IocValues.Email(value) is { } email ? (kind, email) : null,
        _ => IocValues.Plain(value) is { } plain ? (kind, StateText.Cut(plain)) : null,
    };

    // Names below a domain that is an indicator are found with it; those of a DNS tunnel are thousands.
    private bool IsCovered(Observable o)
    {
        if (o.Kind != IndicatorKind.Domain || _findings.ContainsKey((o.Kind, o.Value)))
        {
            return false;
        }

        for (int dot = o.Value.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = o.Value.IndexOf('.', dot + 1))
        {
            if (_findings.ContainsKey((IndicatorKind.Domain, o.Value[(dot + 1)..])))
            {
                return true;
            }
        }

        return false;
    }

    // What is bad practice, nobody's technique, or done to somebody, says nothing against the address or name that it is about.
    private void JudgeBySubject(Finding finding)
    {
        if (finding.Type.IsPractice || finding.Type.Techniques.Count == 0)
        {
            return;
        }

        IpAddress? suspect = finding.Type.Suspect switch { Suspect.Source => finding.Source, Suspect.Destination => finding.Destination, _ => null };
        PointIfSeen(finding, suspect);
        if (finding.Type.IsAgainst)
        {
            return;
        }

        foreach (string word in finding.Subject.Split([' ', ',', '>', '"'], StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (IndicatorKind kind in (ReadOnlySpan<IndicatorKind>)[IndicatorKind.Domain, IndicatorKind.Url, IndicatorKind.Email, IndicatorKind.Sha256, IndicatorKind.Certificate, IndicatorKind.Ja3, IndicatorKind.Ja4])
            {
                if (Spelled(kind, word.TrimEnd(':')) is { } named && _all.ContainsKey(named))
                {
                    Point(finding, named);
                }
            }
        }
    }

    // What a finding names is the file that its hosts carried under that name: the hash is what others can look for.
    private void PointToFiles(Finding finding, string place)
    {
        string name = FileNames.Last(place);
        foreach (Observable file in _all.Values.Where(o => o.Kind == IndicatorKind.Sha256 && string.Equals(o.Name, name, StringComparison.OrdinalIgnoreCase)).ToList())
        {
            if (file.Hosts.Contains(finding.Source?.ToString(), StringComparer.Ordinal) || file.Hosts.Contains(finding.Destination?.ToString(), StringComparer.Ordinal))
            {
                Point(finding, (file.Kind, file.Value));
            }
        }
    }

    private void PointIfSeen(Finding finding, IpAddress? address)
    {
        if (address is { } known && _all.ContainsKey((IndicatorKind.Address, known.ToString())))
        {
            Point(finding, (IndicatorKind.Address, known.ToString()));
        }
    }

    private void Point(Finding finding, IndicatorKind kind, string value, FrameRef frame)
    {
        if (Spelled(kind, value) is not { } named)
        {
            return;
        }

        if (!_all.ContainsKey(named))
        {
            _all.Add(named, new Observable(named.Kind, named.Value)
            {
                Places = [finding.Type.Module],
                First = finding.First,
                Last = finding.Last,
                Count = Math.Max(1, finding.Count),
                Frames = [frame],
            });
        }

        Point(finding, named);
    }

    private void Point(Finding finding, (IndicatorKind Kind, string Value) named)
    {
        if (!_findings.TryGetValue(named, out List<Finding>? findings))
        {
            _findings.Add(named, findings = []);
        }

        if (!findings.Contains(finding, ReferenceEqualityComparer.Instance))
        {
            findings.Add(finding);
        }
    }

    private void Add(IndicatorKind kind, string value, ObservableUse use)
    {
        string? Marked(char mark) => use.Also.Values.FirstOrDefault(text => text[0] == mark)?[1..];
        _all[(kind, value)] = new Observable(kind, value)
        {
            Places = use.Places.Values,
            Hosts = [.. use.Hosts.Keys.Select(h => h.ToString())],
            First = use.When.IsEmpty ? null : use.When.First,
            Last = use.When.IsEmpty ? null : use.When.Last,
            Count = use.Frames.Total,
            Frames = use.Frames.ToList(),
            Md5 = Marked(FileMark.Md5),
            Sha1 = Marked(FileMark.Sha1),
            Name = Marked(FileMark.Name) is { } path ? FileNames.Last(path) : null,
            IsSample = Marked(FileMark.Sample) is not null,
        };
    }
}
