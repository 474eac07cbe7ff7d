namespace Pcapper.Engine;

/// <summary>
/// Keeps the heap near what is in use. On its own the garbage collector lets both the young and the old generation grow far beyond that
/// before it looks at them; with states of hundreds of megabytes, a third less memory is worth some more work. No result depends on it.
/// </summary>
internal sealed class HeapKeeper
{
    private const long Free = 128L << 20;
    private const long Young = 64L << 20;
    private const int GrowthDivisor = 5;

    private long _nextYoung = Free;
    private long _next = Free;

    /// <summary>
    /// Collects the young if there are <see cref="Young"/> of them, and all if the heap has grown by a fifth, and <see cref="Free"/> at
    /// least, since it was last collected as a whole.
    /// </summary>
    public void Check()
    {
        long used = GC.GetTotalMemory(false);
        if (used > _nextYoung)
        {
            Collect(0, GCCollectionMode.Forced);
            used = GC.GetTotalMemory(false);
            _nextYoung = used + Young;
        }

        if (used > _next)
        {
            CollectAll(GCCollectionMode.Forced);
        }
    }

    /// <summary>Much was let go of: collects all, if it is worth the work.</summary>
    public void LetGo()
    {
        if (GC.GetTotalMemory(false) > Free)
        {
            CollectAll(GCCollectionMode.Aggressive);
        }
    }

    private void CollectAll(GCCollectionMode mode)
    {
        Collect(GC.MaxGeneration, mode);
        long used = GC.GetTotalMemory(false);
        _next = Math.Max(Free, used + (used / GrowthDivisor) + Young);
        _nextYoung = Math.Max(Free, used + Young);
    }

    private static void Collect(int generation, GCCollectionMode mode) => GC.Collect(generation, mode, blocking: true, compacting: true);
}
