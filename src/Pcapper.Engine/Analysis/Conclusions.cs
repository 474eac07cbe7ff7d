namespace Pcapper.Engine;

/// <summary>What a module concludes, and what it may look at besides its state.</summary>
public sealed class Conclusions
{
    private const int LeastConfidence = 10;

    private readonly List<Finding> _findings = [];
    private readonly List<Indicator> _indicators = [];
    private readonly List<HashLine> _hashes = [];
    private readonly List<Observable> _observables = [];
    private readonly IReadOnlyDictionary<Type, AnalyzerState> _states;
    private readonly DetectionRules _rules;

    // What rules made of findings that they change; null where they switch them off.
    private readonly Dictionary<Finding, Finding?> _changed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Initializes a new instance of the <see cref="Conclusions"/> class for a test: no other states, no captures.</summary>
    public Conclusions()
        : this("test", "Test", [], new Dictionary<Type, AnalyzerState>())
    {
    }

    /// <summary>Initializes a new instance of the <see cref="Conclusions"/> class.</summary>
    /// <param name="module">The module that concludes.</param>
    /// <param name="captures">The captures read.</param>
    /// <param name="states">The states of all modules of this run, by type.</param>
    /// <param name="overview">The overview that all modules of the run share.</param>
    /// <param name="options">What was asked for.</param>
    public Conclusions(
        ModuleInfo module,
        IReadOnlyList<CaptureSummary> captures,
        IReadOnlyDictionary<Type, AnalyzerState> states,
        Overview? overview = null,
        RunOptions? options = null)
        : this(module.Name, module.Title, captures, states, overview, options)
    {
    }

    private Conclusions(
        string module,
        string title,
        IReadOnlyList<CaptureSummary> captures,
        IReadOnlyDictionary<Type, AnalyzerState> states,
        Overview? overview = null,
        RunOptions? options = null)
    {
        Section = new Section(module, title, options?.KeepsAllRows ?? true);
        ProtocolRows = options?.ProtocolRows;
        Input = options?.Input ?? [];
        Ioc = options?.Ioc ?? IocOptions.Usual;
        Allow = options?.Allow ?? AllowList.None;
        _rules = options?.Rules ?? DetectionRules.None;
        Addresses = options?.Addresses;
        Reputation = options?.Reputation;
        CaptureSummaries = captures;
        _states = states;
        Overview = overview ?? new Overview();
    }

    /// <summary>Gets the module's part of the report.</summary>
    public Section Section { get; }

    /// <summary>Gets the findings added so far.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Gets the indicators added so far; those of findings that are switched off are none.</summary>
    public IReadOnlyList<Indicator> Indicators => _changed.Count == 0 ? _indicators
        : [.. _indicators.Select(Changed).OfType<Indicator>()];

    /// <summary>Gets the lines for hashcat added so far.</summary>
    public IReadOnlyList<HashLine> Hashes => _hashes;

    /// <summary>Gets the observables added so far.</summary>
    public IReadOnlyList<Observable> Observables => _observables;

    /// <summary>Gets what is asked of indicators.</summary>
    public IocOptions Ioc { get; }

    /// <summary>Gets what knows where public addresses are and whose, or null if nothing does.</summary>
    public IAddressBook? Addresses { get; }

    /// <summary>Gets what asks services on the network, or null if nobody is to be asked.</summary>
    public IReputation? Reputation { get; }

    /// <summary>Gets the destinations whose regular traffic the user expects.</summary>
    public AllowList Allow { get; }

    /// <summary>Gets the captures read, in order.</summary>
    public IReadOnlyList<CaptureSummary> CaptureSummaries { get; }

    /// <summary>Gets what the first screen shows, shared by all modules.</summary>
    public Overview Overview { get; }

    /// <summary>Gets how many rows tables of protocols show, or null for what is usual.</summary>
    public int? ProtocolRows { get; }

    /// <summary>Gets the arguments that name the input (<see cref="RunOptions.Input"/>).</summary>
    public IReadOnlyList<string> Input { get; }

    /// <summary>Gets a threshold, as the user wants it.</summary>
    public long Value(Threshold threshold) => _rules.Value(threshold);

    /// <summary>Raises a finding.</summary>
    public void Add(Finding finding)
    {
        Finding? wanted = _rules.Apply(finding) is { } kept ? Doubted(kept) : null;
        if (wanted is not null)
        {
            _findings.Add(wanted);
        }

        if (!ReferenceEquals(wanted, finding))
        {
            _changed[finding] = wanted;
        }
    }

    /// <summary>Adds an indicator.</summary>
    public void Add(Indicator indicator) => _indicators.Add(indicator);

    /// <summary>Adds a line for hashcat.</summary>
    public void Add(HashLine line) => _hashes.Add(line);

    /// <summary>Adds an observable.</summary>
    public void Add(Observable observable) => _observables.Add(observable);

    /// <summary>Adds a line to the signals of the first screen.</summary>
    public void Add(Signal signal) => Overview.Signals.Add(signal);

    // What is absent from a capture that lacks much may have been there.
    private Finding Doubted(Finding finding)
    {
        int doubt = !finding.Type.RestsOnAbsence ? 0
            : finding.Evidence.Select(f => f.Capture).Distinct().Where(i => i < CaptureSummaries.Count).Select(i => CaptureSummaries[i].Doubt).DefaultIfEmpty().Max();
        return doubt == 0 ? finding : finding with
        {
            Confidence = Math.Max(LeastConfidence, finding.Confidence - doubt),
            Unless = (finding.Unless is { } unless ? unless + "; " : "") + "the capture lacks packets, and what answered may be among them",
        };
    }

    private Indicator? Changed(Indicator indicator) => indicator.Finding is not { } finding || !_changed.TryGetValue(finding, out Finding? wanted) ? indicator
        : wanted is null ? null : indicator with { Finding = wanted };

    /// <summary>Gets the state of another module, one that <see cref="ModuleInfo.Needs"/> lists; an empty one if it did not run.</summary>
    public TState Of<TState>()
        where TState : AnalyzerState, new()
        => _states.TryGetValue(typeof(TState), out AnalyzerState? state) ? (TState)state : new TState();
}
