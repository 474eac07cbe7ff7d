using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>
/// The latest responses of one flow: a second one to the same query that gives other addresses was sent by someone else. A query that was
/// repeated may be answered twice, and rotating addresses differ; so both are left out.
/// </summary>
internal sealed class DnsRecent
{
    private const int Kept = 16;
    private const int MaxAnswers = 64;
    private const long Window = 5 * Timestamp.PerSecond;

    private readonly List<DnsMessage> _responses = [];
    private readonly List<DnsMessage> _repeated = [];

    /// <summary>Notes a response that was asked for.</summary>
    public void Add(DnsMessage response)
    {
        // Only answers are compared, and no resolver that rotates addresses gives more of them.
        if (response.Answers.Count <= MaxAnswers)
        {
            Add(_responses, response with { Authorities = [], Additionals = [] });
        }
    }

    /// <summary>Notes a query that was sent again.</summary>
    public void Repeated(DnsMessage query) => Add(_repeated, query with { Answers = [], Authorities = [], Additionals = [] });

    /// <summary>Gets the response that a second one contradicts, or null.</summary>
    public DnsMessage? Contradicted(DnsMessage response)
    {
        if (response.Kind != DnsKind.Dns || response.Questions.Count != 1 || _repeated.Exists(q => IsSame(q, response)))
        {
            return null;
        }

        DnsMessage? first = _responses.FindLast(r => r.Direction == response.Direction && IsSame(r, response));
        return first is not null && first.Frame != response.Frame && response.Time - first.Time is >= 0 and <= Window && AreDisjoint(first, response)
            ? first
            : null;
    }

    private static void Add(List<DnsMessage> messages, DnsMessage message)
    {
        if (messages.Count == Kept)
        {
            messages.RemoveAt(0);
        }

        messages.Add(message);
    }

    private static bool IsSame(DnsMessage one, DnsMessage other)
        => one.Id == other.Id && one.Questions.Count == 1
            && one.Questions[0].Type == other.Questions[0].Type
            && string.Equals(one.Questions[0].Name, other.Questions[0].Name, StringComparison.OrdinalIgnoreCase);

    // Both give addresses, and none in common.
    private static bool AreDisjoint(DnsMessage one, DnsMessage other)
    {
        HashSet<IpAddress> first = [.. one.Answers.Where(a => a.Address is not null).Select(a => a.Address!.Value)];
        HashSet<IpAddress> second = [.. other.Answers.Where(a => a.Address is not null).Select(a => a.Address!.Value)];
        return first.Count > 0 && second.Count > 0 && !first.Overlaps(second);
    }
}
