using Pcapper.Engine;

namespace Pcapper.Enrichment.Intel;

/// <summary>Look-ups of a run: kept answers first, then the services, each by itself. Only what the caller hands over is ever sent.</summary>
/// <param name="options">What the environment says.</param>
/// <param name="isDryRun">Whether nothing is sent.</param>
/// <param name="network">Makes what sends; called for each service that is asked.</param>
/// <param name="clock">What tells the time, and waits.</param>
/// <param name="stop">What ends it early.</param>
internal sealed class IntelLookUp(IntelOptions options, bool isDryRun, Func<HttpMessageHandler> network, TimeProvider clock, CancellationToken stop) : IReputation
{
    private readonly List<string> _troubles = [];
    private readonly List<IntelService> _services = [.. IntelService.All.Where(service => isDryRun || options.Keys.ContainsKey(service))];

    /// <inheritdoc/>
    public bool IsDryRun => isDryRun;

    /// <inheritdoc/>
    public IReadOnlyList<string> Services => [.. _services.Select(service => service.Name)];

    /// <inheritdoc/>
    public int Most => options.Most;

    /// <inheritdoc/>
    public IReadOnlyList<string> Troubles => _troubles;

    /// <summary>Gets called with a line for the user before the first request.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>Makes the look-ups of a run, or none if they are not wanted.</summary>
    /// <exception cref="PcapperException">Something in the environment cannot be used.</exception>
    public static IntelLookUp? From(bool isDryRun, Action<string>? say, CancellationToken stop)
    {
        string? isOptedIn = Environment.GetEnvironmentVariable(IntelOptions.OptInVariable);
        if (!isDryRun && string.IsNullOrEmpty(isOptedIn))
        {
            return null;
        }

        var options = IntelOptions.From(Environment.GetEnvironmentVariable);
        return isDryRun || options.IsOptedIn ? new IntelLookUp(options, isDryRun, IntelClient.Network, TimeProvider.System, stop) { Say = say } : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Reputation> LookUp(IReadOnlyList<ReputationQuestion> questions)
    {
        if (_services.Count == 0)
        {
            _troubles.Add($"Nobody was asked: there is no key in {string.Join(", ", IntelService.All.Select(service => service.KeyVariable))}.");
            return [];
        }

        if (isDryRun)
        {
            _troubles.AddRange(IntelService.All.Where(service => !options.Keys.ContainsKey(service)).Select(service => $"{service.Name} would not be asked: there is no key in {service.KeyVariable}."));
        }

        using IntelCache? cache = OpenCache();
        var answers = new Dictionary<(ReputationQuestion, IntelService), Reputation>();
        var open = new Dictionary<IntelService, List<ReputationQuestion>>();
        foreach (IntelService service in _services)
        {
            open[service] = [];
            foreach (ReputationQuestion question in questions.Where(q => service.PathOf(q) is not null))
            {
                if (cache?.Find(service.Name, question) is { } kept)
                {
                    answers[(question, service)] = isDryRun ? kept with { State = ReputationState.WouldReuse } : kept;
                }
                else if (isDryRun)
                {
                    answers[(question, service)] = new Reputation(question, service.Name, ReputationState.WouldAsk);
                }
                else
                {
                    open[service].Add(question);
                }
            }
        }

        foreach ((IntelService service, List<Reputation> fresh) in Ask(open))
        {
            fresh.ForEach(answer => answers[(answer.Question, service)] = answer);
            if (fresh.Count > 0 && cache?.Keep(fresh) == false)
            {
                _troubles.Add($"Answers of {service.Name} could not be kept for later runs.");
            }
        }

        return [.. questions.SelectMany(question => _services.Select(service => answers.GetValueOrDefault((question, service)))).OfType<Reputation>()];
    }

    private List<(IntelService Service, List<Reputation> Fresh)> Ask(Dictionary<IntelService, List<ReputationQuestion>> open)
    {
        List<IntelService> asked = [.. _services.Where(service => open[service].Count > 0)];
        if (asked.Count == 0)
        {
            return [];
        }

        Say?.Invoke($"asking {string.Join(", ", asked.Select(service => service.Name))} about {Units.Count(asked.SelectMany(service => open[service]).Distinct().Count(), "value")}");
        (List<Reputation> Fresh, string? Trouble)[] results = Task.WhenAll(asked.Select(service => AskAsync(service, open[service]))).GetAwaiter().GetResult();
        _troubles.AddRange(results.Select(result => result.Trouble).OfType<string>());
        return [.. asked.Zip(results, (service, result) => (service, result.Fresh))];
    }

    private async Task<(List<Reputation> Fresh, string? Trouble)> AskAsync(IntelService service, List<ReputationQuestion> questions)
    {
        using var client = new IntelClient(service, options, network(), clock);
        var fresh = new List<Reputation>();
        var problems = new SortedSet<string>(StringComparer.Ordinal);
        foreach (ReputationQuestion question in questions)
        {
            IntelReply reply = await client.AskAsync(question, stop).ConfigureAwait(false);
            if (reply.Answer is { } answer)
            {
                fresh.Add(answer);
            }

            if (reply.Problem is { } problem)
            {
                problems.Add(problem);
            }

            if (reply.IsLast)
            {
                break;
            }
        }

        string? trouble = problems.Count == 0 ? null : $"{service.Name}: {Units.Count(questions.Count - fresh.Count, "value")} of {Units.Count(questions.Count)} without an answer: {string.Join("; ", problems)}.";
        return (fresh, trouble);
    }

    private IntelCache? OpenCache()
    {
        if (options.Cache is not { } path || options.Lifetime == TimeSpan.Zero)
        {
            return null;
        }

        IntelCache? cache = IntelCache.Open(path, options.Lifetime, isDryRun, clock, out string? problem);
        if (problem is not null)
        {
            _troubles.Add($"Answers are not kept: cannot use {path} (PCAPPER_INTEL_CACHE): {problem}.");
        }

        return cache;
    }
}
