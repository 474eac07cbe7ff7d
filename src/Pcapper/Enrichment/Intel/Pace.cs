using System.Threading.RateLimiting;

namespace Pcapper.Enrichment.Intel;

/// <summary>Keeps a pause between requests. Unlike the limiters of the runtime it goes by a clock that can be set.</summary>
/// <param name="pause">The pause.</param>
/// <param name="clock">The clock.</param>
internal sealed class Pace(TimeSpan pause, TimeProvider clock) : RateLimiter
{
    private readonly Lock _lock = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    public override TimeSpan? IdleDuration => null;

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics() => null;

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (_lock)
        {
            if (clock.GetUtcNow() < _next)
            {
                return Turn.Refused;
            }

            _next = clock.GetUtcNow() + pause;
            return Turn.Given;
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            DateTimeOffset mine = now > _next ? now : _next;
            _next = mine + pause;
            wait = mine - now;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
        }

        return Turn.Given;
    }

    private sealed class Turn(bool isAcquired) : RateLimitLease
    {
        public static readonly Turn Given = new(true);

        public static readonly Turn Refused = new(false);

        public override bool IsAcquired => isAcquired;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
