using System.Collections.Concurrent;

namespace Pcapper.Tests.Enrichment;

/// <summary>A clock on which waiting takes no time: timers that the test lets run fire at once and move it on; the others never do.</summary>
/// <param name="fires">Which timers run, by how long they wait.</param>
/// <param name="before">What happens before a timer fires, by how long it waits.</param>
internal sealed class HastyClock(Func<TimeSpan, bool> fires, Action<TimeSpan>? before = null) : TimeProvider
{
    private long _now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    /// <summary>Gets how long was waited, each time.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(HastyClock clock, TimerCallback callback, object? state) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan && clock.Fires(dueTime))
            {
                clock.Waits.Enqueue(dueTime);
                clock.Advance(dueTime);
                ThreadPool.QueueUserWorkItem(_ => clock.Fire(dueTime, callback, state));
            }

            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private void Fire(TimeSpan due, TimerCallback callback, object? state)
    {
        before?.Invoke(due);
        callback(state);
    }

    private bool Fires(TimeSpan due) => fires(due);
}
