namespace Pcapper.Engine;

/// <summary>What an analyzer knows: a fixed list of parts. Derived classes have a public constructor without parameters that registers them.</summary>
public abstract class AnalyzerState : Group;
