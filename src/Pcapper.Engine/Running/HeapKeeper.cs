namespace Pcapper.Engine;

/// <summary>
/// Keeps the heap near what is in use. On its own the garbage collector lets the old generation grow to about twice that before it looks
/// at it as a whole; with states of hundreds of megabytes, a third less memory is worth some more work. No result depends on it.
/// </summary>
internal sealed class HeapKeeper
{
    private const long Free = 128L << 20;
    private const int GrowthDivisor = 4;

    private long _next = Free;

    /// <summary>Collects garbage if the heap has grown by a quarter, and <see cref="Free"/> at least, since it was last collected as a whole.</summary>
    public void Check()
    {
        if (GC.GetTotalMemory(false) > _next)
        {
            Collect();
        }
    }

    /// <summary>Collects garbage now: much was let go of.</summary>
    public void Collect()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        long used = GC.GetTotalMemory(false);
        _next = Math.Max(Free, used + (used / GrowthDivisor) + (Free / 4));
    }
}
