using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>From what on things are worth saying, for all industrial protocols.</summary>
internal static class IcsLimits
{
    /// <summary>How many points of a flow are followed; those beyond are read, but changes of their values are not counted.</summary>
    public const int FlowPoints = 2048;

    /// <summary>How many polls of a flow are followed.</summary>
    public const int FlowPolls = 128;

    /// <summary>Requests of a flow that wait for their response.</summary>
    public const int InFlight = 1024;

    /// <summary>So many changes of one point by commands ...</summary>
    public const int BurstChanges = 20;

    /// <summary>... in this time are a burst (brute force I/O).</summary>
    public const long BurstWindow = 60 * Timestamp.PerSecond;

    /// <summary>Values of a point to know before a jump is one.</summary>
    public const int JumpSamples = 100;

    /// <summary>Changes up, and changes down, to know before a jump is one: counters only go one way.</summary>
    public const int JumpTurns = 10;

    /// <summary>How much larger than any step before a jump is.</summary>
    public const int JumpSteps = 10;

    /// <summary>How many times the learnt range a jump leads out of it.</summary>
    public const int JumpRanges = 4;

    /// <summary>Polls of a block to know before it can freeze or be replayed.</summary>
    public const int KnownPolls = 50;

    /// <summary>The share of them that must have brought new values, in percent.</summary>
    public const int LivelyPercent = 90;

    /// <summary>Polls with the same values that make a block frozen ...</summary>
    public const int FrozenPolls = 50;

    /// <summary>... if that lasts as long, in nanoseconds, ...</summary>
    public const long FrozenTime = 30 * Timestamp.PerSecond;

    /// <summary>... and so many times longer than it ever did.</summary>
    public const int FrozenTimes = 10;

    /// <summary>Polls that repeat earlier ones in their order.</summary>
    public const int ReplayedPolls = 40;

    /// <summary>How many polls are remembered to compare with.</summary>
    public const int PollMemory = 256;

    /// <summary>A replayed stretch is at most one part in so many of what was seen without repetition; what repeats from its start is a cyclic process.</summary>
    public const int ReplayShare = 3;
}
