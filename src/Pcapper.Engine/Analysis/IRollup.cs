namespace Pcapper.Engine;

/// <summary>Concludes from what all modules concluded; runs after them.</summary>
public interface IRollup
{
    /// <summary>Gets what module this is.</summary>
    ModuleInfo Info { get; }

    /// <summary>Concludes; may add findings, and fill <see cref="Conclusions.Overview"/>.</summary>
    /// <param name="findings">The findings of all modules, in report order.</param>
    /// <param name="indicators">The indicators of all modules.</param>
    /// <param name="conclusions">Where to put the conclusions.</param>
    void Conclude(IReadOnlyList<Finding> findings, IReadOnlyList<Indicator> indicators, Conclusions conclusions);
}
