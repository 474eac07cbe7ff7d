using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Guessing;

/// <summary>The logins as one account from one host to one server, as <see cref="GuessJudge"/> looks at them.</summary>
public sealed class LoginTries : Group
{
    /// <summary>Initializes a new instance of the <see cref="LoginTries"/> class.</summary>
    public LoginTries()
        : base(6)
    {
        Refused = Part(new FrameSample());
        RefusedWhen = Part(new Extent());
        RefusedTimes = Part(new Times());
        Unlooked = Part(new Count());
        Accepted = Part(new Count());
        AcceptedWhen = Part(new Extent());
    }

    /// <summary>Gets the refusals.</summary>
    public FrameSample Refused { get; }

    /// <summary>Gets when the first and the last refusal was.</summary>
    public Extent RefusedWhen { get; }

    /// <summary>Gets when the refusals were.</summary>
    public Times RefusedTimes { get; }

    /// <summary>Gets how many refusals came before a password was looked at: the account does not exist, or is locked.</summary>
    public Count Unlooked { get; }

    /// <summary>Gets how many were let in.</summary>
    public Count Accepted { get; }

    /// <summary>Gets when the first and the last was let in.</summary>
    public Extent AcceptedWhen { get; }

    /// <summary>Adds a refusal.</summary>
    public void AddRefused(Timestamp time, FrameRef frame, bool isUnlooked = false)
    {
        Refused.Add(frame);
        RefusedWhen.Add(time, frame);
        RefusedTimes.Add(time);
        Unlooked.Add(isUnlooked ? 1 : 0);
    }

    /// <summary>Adds a login that was let in.</summary>
    public void AddAccepted(Timestamp time, FrameRef frame)
    {
        Accepted.Add();
        AcceptedWhen.Add(time, frame);
    }
}
