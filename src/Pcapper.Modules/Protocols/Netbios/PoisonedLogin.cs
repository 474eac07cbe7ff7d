using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>A host logged in with NTLM to one that had just answered for a name.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Login">The login.</param>
/// <param name="Account">Who logged in.</param>
/// <param name="Client">From where.</param>
/// <param name="Server">To which address.</param>
/// <param name="Carriers">In which protocols.</param>
internal sealed record PoisonedLogin(MomentKey Answer, MomentKey Login, string Account, IpAddress Client, IpAddress Server, string Carriers)
{
    // Systems open the connection at once, people need a moment to type a password.
    private const long Soon = 30 * Timestamp.PerSecond;

    private static readonly Func<PoisonedLogin, MomentKey> s_byLogin = login => login.Login;

    /// <summary>Gets the logins of each host that was answered, earliest first; of each account the first.</summary>
    public static IReadOnlyList<PoisonedLogin> After(NtlmState logins, IReadOnlyList<KeyValuePair<PairKey, NameAnswers>> answers)
    {
        List<PoisonedLogin> found = [];
        if (logins.Accounts.Count == 0)
        {
            return found;
        }

        HashSet<IpAddress> servers = [.. answers.SelectMany(a => a.Value.Addresses.Keys.Select(key => key.Address))];
        foreach ((Key2<PairKey, TextKey> key, NtlmAccountFacts facts) in logins.Accounts.Entries)
        {
            bool isAnonymous = facts.Kinds.Total == facts.Kinds[(int)NtlmResponseKind.Anonymous];
            if (isAnonymous || !servers.Contains(key.First.To) || First(facts.Moments, answers.Where(a => Asked(a, key.First))) is not { } pair)
            {
                continue;
            }

            found.Add(new PoisonedLogin(pair.Answer, pair.Login, key.Second.Text, key.First.From, key.First.To, string.Join(", ", facts.Carriers.Values)));
        }

        return [.. found.OrderBy(s_byLogin)];
    }

    /// <summary>Tells whether a server's own NTLM messages say a name is its own: then it answered rightly.</summary>
    public static bool IsOwnName(NtlmState logins, IpAddress server, string name)
        => logins.Servers.Find(server) is { } facts && facts.Names.Values.Concat(facts.Domains.Values).Any(own => NamePoisoning.BaseName(own.Split('.')[0]).Equals(name, StringComparison.Ordinal));

    /// <summary>Tells whether a server's NTLM messages say any name.</summary>
    public static bool HasName(NtlmState logins, IpAddress server) => logins.Servers.Find(server) is { Names.Values.Count: > 0 };

    // Multicast answers go to all; the name may have been asked for over the other family.
    private static bool Asked(KeyValuePair<PairKey, NameAnswers> answers, PairKey login)
        => answers.Value.Addresses.Keys.Any(key => key.Address == login.To)
            && (!answers.Key.To.IsHost || answers.Key.To == login.From || answers.Key.To.IsIPv4 != login.From.IsIPv4);

    private static (MomentKey Answer, MomentKey Login)? First(Smallest<MomentKey> logins, IEnumerable<KeyValuePair<PairKey, NameAnswers>> answers)
    {
        MomentKey[] given = [.. answers.SelectMany(a => a.Value.Moments.Keys).Order()];
        foreach (MomentKey login in logins.Keys)
        {
            // The latest answer before the login.
            int after = Array.FindIndex(given, answer => answer.Time.CompareTo(login.Time) > 0);
            int before = (after < 0 ? given.Length : after) - 1;
            if (before >= 0 && login.Time - given[before].Time <= Soon)
            {
                return (given[before], login);
            }
        }

        return null;
    }
}
