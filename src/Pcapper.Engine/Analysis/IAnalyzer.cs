namespace Pcapper.Engine;

/// <summary>Turns records into a state while a capture is read, and a state into conclusions afterwards.</summary>
public interface IAnalyzer
{
    /// <summary>Gets what module this is.</summary>
    ModuleInfo Info { get; }

    /// <summary>Gets what this shard's analyzer knows so far.</summary>
    AnalyzerState State { get; }

    /// <summary>Makes an empty state, to merge into or to load.</summary>
    AnalyzerState CreateState();

    /// <summary>Asks for the records or packets it wants.</summary>
    void Subscribe(RecordBus bus);

    /// <summary>Concludes from a state, usually one merged of many; the same state gives the same conclusions.</summary>
    void Conclude(AnalyzerState state, Conclusions conclusions);
}
