using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>Follows the polls of a flow: how far apart the same request comes, and whether its answers freeze or repeat themselves.</summary>
internal sealed class PollTracker
{
    private readonly RecentMap<IcsPollKey, Poll> _polls = new(IcsLimits.FlowPolls);

    /// <summary>Notes a request; tells how long after the last same one it came, in nanoseconds, or null if it is the first.</summary>
    public long? Asked(IcsPollKey key, Timestamp time)
    {
        Poll? poll = _polls.Find(key);
        if (poll is null)
        {
            _polls.Set(key, new Poll { Asked = time }, out _);
            return null;
        }

        long interval = time - poll.Asked;
        poll.Asked = time;
        return Math.Max(0, interval);
    }

    /// <summary>Notes the values that answer a request; tells what is odd about them, or null.</summary>
    /// <param name="key">The request.</param>
    /// <param name="table">The table of the values.</param>
    /// <param name="hash">A hash of the values.</param>
    /// <param name="time">When.</param>
    public IcsOddity? Answered(IcsPollKey key, int table, ulong hash, Timestamp time) => _polls.Find(key) is { } poll ? poll.Answered(key, table, hash, time) : null;

    private sealed class Poll
    {
        // What is asked a few times only needs no memory of what was answered.
        private const int FewPolls = 8;

        private ulong[]? _hashes;
        private long _from;
        private ulong _last;
        private long _count;
        private long _changes;
        private long _same;
        private long _longestSame;
        private Timestamp _sameSince;
        private bool _isFrozen;
        private long _lag;
        private long _run;
        private bool _isReplayed;

        public Timestamp Asked { get; set; }

        public IcsOddity? Answered(IcsPollKey key, int table, ulong hash, Timestamp time)
        {
            if (_hashes is null && _count >= FewPolls)
            {
                _hashes = new ulong[IcsLimits.PollMemory];
                _from = _count;
            }

            bool isSame = _count > 0 && _last == hash;
            _sameSince = isSame ? _sameSince : time;
            IcsOddity? oddity = isSame ? Frozen(key, table, time) : Moved(key, table, hash);
            if (_hashes is not null)
            {
                _hashes[_count % _hashes.Length] = hash;
            }

            _last = hash;
            _count++;
            return oddity;
        }

        private ulong At(long index) => _hashes![index % _hashes.Length];

        private IcsOddity? Frozen(IcsPollKey key, int table, Timestamp time)
        {
            _same++;
            _run = 0;
            long before = _count - _same;
            if (_isFrozen || _same < IcsLimits.FrozenPolls || _same < IcsLimits.FrozenTimes * _longestSame || before < IcsLimits.KnownPolls
                || _changes * 100 < before * IcsLimits.LivelyPercent || time - _sameSince < IcsLimits.FrozenTime)
            {
                return null;
            }

            _isFrozen = true;
            return new IcsOddity(IcsOddityKind.Frozen, table, key.Address, string.Create(
                CultureInfo.InvariantCulture, $"{_changes:N0} of {before:N0} polls brought new values, the last {_same:N0} did not, for {Units.Duration(time - _sameSince)}"));
        }

        private IcsOddity? Moved(IcsPollKey key, int table, ulong hash)
        {
            _longestSame = Math.Max(_longestSame, _same);
            _same = 0;
            _changes += _count > 0 ? 1 : 0;
            if (_run > 0 && At(_count - _lag) == hash)
            {
                _run++;
            }
            else
            {
                _lag = Lag(hash);
                _run = _lag > 0 ? 1 : 0;
            }

            long before = _count - _lag - _run;
            if (_isReplayed || _run < IcsLimits.ReplayedPolls || _run > _lag || before < _lag * (IcsLimits.ReplayShare - 1) || _changes * 100 < _count * IcsLimits.LivelyPercent)
            {
                return null;
            }

            _isReplayed = true;
            return new IcsOddity(IcsOddityKind.Replayed, table, key.Address, string.Create(
                CultureInfo.InvariantCulture, $"{_run:N0} polls show the values of {_lag:N0} polls ago in the same order, after {before:N0} that repeated none"));
        }

        // How far back the same values were, or 0.
        private long Lag(ulong hash)
        {
            if (_hashes is null)
            {
                return 0;
            }

            for (long back = 2; back <= Math.Min(_count - _from, _hashes.Length - 1); back++)
            {
                if (At(_count - back) == hash)
                {
                    return back;
                }
            }

            return 0;
        }
    }
}
