using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The calls of some operations from one client to one server, put together.</summary>
internal sealed class SmbCalls
{
    private const int MostTexts = 8;

    private SmbCalls(PairKey pair) => Pair = pair;

    /// <summary>Gets the client and the server.</summary>
    public PairKey Pair { get; }

    /// <summary>Gets the frames of the requests.</summary>
    public FrameSample Frames { get; } = new();

    /// <summary>Gets when.</summary>
    public Extent When { get; } = new();

    /// <summary>Gets what the arguments told.</summary>
    public Texts Details { get; } = new(MostTexts);

    /// <summary>Gets who called.</summary>
    public Texts Accounts { get; } = new(MostTexts);

    /// <summary>Gets the numbers of the operations that were called.</summary>
    public SortedSet<int> Operations { get; } = [];

    /// <summary>Gets how many calls failed.</summary>
    public long Faults { get; private set; }

    /// <summary>Gets how many calls were answered with success.</summary>
    public long Answered { get; private set; }

    /// <summary>Gets how many calls had encrypted arguments.</summary>
    public long Sealed { get; private set; }

    /// <summary>Gets how many answers give back success, of those that are read.</summary>
    public long Succeeded { get; private set; }

    /// <summary>Gets how many answers give back an error, of those that are read.</summary>
    public long Refused { get; private set; }

    /// <summary>Finds the calls of operations of an interface; null if there are none.</summary>
    public static SmbCalls? Find(SmbState state, PairKey pair, string interfaceId, params ReadOnlySpan<int> operations)
    {
        SmbCalls? calls = null;
        foreach (int operation in operations)
        {
            if (state.Calls.Find(new(pair, interfaceId, operation)) is { } facts)
            {
                (calls ??= new SmbCalls(pair)).Add(operation, facts);
            }
        }

        return calls;
    }

    /// <summary>Writes what the arguments told: <c>: updater: C:\x.exe</c>; nothing if they told nothing.</summary>
    public string Told() => Details.Values.Count == 0
        ? Sealed > 0 ? "; their arguments are encrypted" : string.Empty
        : $": {string.Join("; ", Details.Values)}{(Details.HasMore ? "; …" : string.Empty)}";

    private void Add(int operation, SmbCallFacts facts)
    {
        Operations.Add(operation);
        Frames.Merge(facts.Frames);
        When.Merge(facts.When);
        Faults += facts.Faults.Value;
        Answered += facts.Answered.Value;
        Sealed += facts.Sealed.Value;
        Succeeded += facts.Succeeded.Value;
        Refused += facts.Refused.Value;
        foreach (string detail in facts.Details.Values)
        {
            Details.Add(detail);
        }

        foreach (string account in facts.Accounts.Values)
        {
            Accounts.Add(account);
        }
    }
}
