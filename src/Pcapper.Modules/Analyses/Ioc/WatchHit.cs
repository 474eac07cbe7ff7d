using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>An observable that an entry of a list names.</summary>
/// <param name="Observable">What was seen.</param>
/// <param name="Pattern">The entry.</param>
/// <param name="Term">What of the entry it was, as people write it.</param>
/// <param name="Mode">How it was compared.</param>
internal sealed record WatchHit(Observable Observable, WatchedPattern Pattern, string Term, WatchMode Mode);
