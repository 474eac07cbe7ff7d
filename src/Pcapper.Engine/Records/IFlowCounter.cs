namespace Pcapper.Engine;

/// <summary>Wants the numbers of each flow that ended, and nothing else of it.</summary>
public interface IFlowCounter
{
    /// <summary>Takes a flow.</summary>
    void Count(in FlowCounts flow);
}
