namespace Pcapper.Engine;

/// <summary>Something that went wrong while Pcapper ran, apart from what is wrong with the traffic.</summary>
/// <param name="Kind">What kind of trouble.</param>
/// <param name="Text">One sentence for the user.</param>
public sealed record RunProblem(RunProblemKind Kind, string Text);
