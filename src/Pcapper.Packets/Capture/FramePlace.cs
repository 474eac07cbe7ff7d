namespace Pcapper.Packets;

/// <summary>Where a frame lies in bytes at hand.</summary>
/// <param name="LinkType">What its first header is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is, as captured.</param>
public readonly record struct FramePlace(LinkType LinkType, int Start, int Length);
