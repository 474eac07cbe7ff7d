using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary><c>--ioc</c>: what was seen that can be looked for elsewhere, what of it findings point at, and what lists of indicators say of it.</summary>
public sealed class IocRollup : IRollup
{
    /// <inheritdoc/>
    public ModuleInfo Info { get; } = new(
        "ioc", "--ioc", "Indicators", "addresses, names, URLs, files, fingerprints worth looking for elsewhere, and which of them findings point at", 1, IocFindings.Types, typeof(IocState));

    /// <inheritdoc/>
    public void Conclude(IReadOnlyList<Finding> findings, IReadOnlyList<Indicator> indicators, Conclusions conclusions)
    {
        IocState state = conclusions.Of<IocState>();
        var model = new IocModel(state);
        model.Judge(findings, indicators);
        long left = 0;
        if (conclusions.Ioc.Watched.Count > 0)
        {
            left = IocFindings.Raise(new WatchIndex(conclusions.Ioc.Watched).Find(model.All), model, conclusions);
        }

        IReadOnlyList<Observable> observables = model.ToList(conclusions.Ioc.KeepsAll);
        foreach (Observable observable in observables)
        {
            conclusions.Add(observable);
        }

        IocSection.Write(observables, state.IsComplete, state.Watched.IsComplete, left, conclusions);
    }
}
