namespace Pcapper.Engine;

/// <summary>Asks services on the network what they know of values. It is there only if the user asked for it; what it is given may leave the machine.</summary>
public interface IReputation
{
    /// <summary>Gets a value indicating whether nothing is sent: it only tells what would be.</summary>
    bool IsDryRun { get; }

    /// <summary>Gets the names of the services.</summary>
    IReadOnlyList<string> Services { get; }

    /// <summary>Gets how many values each service is asked about at most.</summary>
    int Most { get; }

    /// <summary>Gets what went wrong, in sentences for the user.</summary>
    IReadOnlyList<string> Troubles { get; }

    /// <summary>Asks; answers come in the order of the questions and services. A service is passed over for values that it cannot be asked about.</summary>
    IReadOnlyList<Reputation> LookUp(IReadOnlyList<ReputationQuestion> questions);
}
