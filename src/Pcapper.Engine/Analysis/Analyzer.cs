namespace Pcapper.Engine;

/// <summary>The usual base of an analyzer: implement <see cref="IRecordConsumer{TRecord}"/> for the records it wants.</summary>
/// <typeparam name="TState">What it knows.</typeparam>
public abstract class Analyzer<TState> : IAnalyzer
    where TState : AnalyzerState, new()
{
    /// <inheritdoc/>
    public abstract ModuleInfo Info { get; }

    /// <summary>Gets what this shard's analyzer knows so far.</summary>
    public TState State { get; } = new();

    /// <inheritdoc/>
    AnalyzerState IAnalyzer.State => State;

    /// <inheritdoc/>
    public AnalyzerState CreateState() => new TState();

    /// <inheritdoc/>
    public abstract void Subscribe(RecordBus bus);

    /// <summary>Concludes from a state; pure: looks at nothing else, and the same state gives the same conclusions.</summary>
    public abstract void Conclude(TState state, Conclusions conclusions);

    /// <inheritdoc/>
    void IAnalyzer.Conclude(AnalyzerState state, Conclusions conclusions) => Conclude((TState)state, conclusions);
}
