using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>An observable worth sharing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The observable, raw.</param>
/// <param name="Context">Where it was seen, in a few words.</param>
/// <param name="First">The earliest frame that shows it.</param>
public sealed record Indicator(IndicatorKind Kind, string Value, string Context, FrameRef First)
{
    /// <summary>Gets the finding that makes it suspicious, if one does.</summary>
    public Finding? Finding { get; init; }
}
