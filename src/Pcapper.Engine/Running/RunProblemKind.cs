namespace Pcapper.Engine;

/// <summary>Kinds of trouble with a run.</summary>
public enum RunProblemKind
{
    /// <summary>A capture could not be read, or not to its end.</summary>
    Input,

    /// <summary>A limit was hit, so that results may be incomplete.</summary>
    Limit,

    /// <summary>The user stopped the run.</summary>
    Interrupted,

    /// <summary>A mistake in Pcapper itself; the flow or module was given up.</summary>
    Internal,
}
