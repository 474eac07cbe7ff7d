using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Guessing;

/// <summary>Turns what <see cref="GuessJudge"/> says into the findings of a module.</summary>
/// <param name="bruteForce">Many passwords for few accounts.</param>
/// <param name="spray">Few passwords for many accounts.</param>
internal sealed class GuessFindings(FindingType bruteForce, FindingType spray)
{
    private const int MostNamed = 6;

    /// <summary>Judges the logins from one host, and raises what is found.</summary>
    /// <param name="logins">The accounts and how it went.</param>
    /// <param name="client">Who logs in.</param>
    /// <param name="server">Where, or null for several servers that share their accounts.</param>
    /// <param name="service">What tells the service from others of the server, or nothing.</param>
    /// <param name="filter">Selects the refusals or the logins.</param>
    /// <param name="conclusions">Where findings go.</param>
    /// <param name="detail">What a module knows besides of the accounts, or null.</param>
    /// <returns>What was found.</returns>
    public IReadOnlyList<Guess> Raise(
        IEnumerable<(string Account, LoginTries Tries)> logins, IpAddress client, IpAddress? server, string service, Filter filter, Conclusions conclusions, Func<Guess, string>? detail = null)
    {
        IReadOnlyList<Guess> guesses = GuessJudge.Judge(logins);
        foreach (Guess guess in guesses)
        {
            string hosts = server is null ? client.ToString() : new PairKey(client, server.Value).ToString();
            string over = service.Length == 0 ? string.Empty : $" over {service}";
            conclusions.Add(new Finding
            {
                Type = guess.IsSpray ? spray : bruteForce,
                Subject = service.Length == 0 ? hosts : $"{hosts} {service}",
                Summary = $"{Units.Count(guess.Refused.Total, "refused login")}{over} for {Units.Count(guess.Accounts.Count, "account")}{Named(guess.Accounts)} in {Units.Duration(guess.When.Duration)}{detail?.Invoke(guess)}; "
                    + (guess.Opened.Count == 0 ? "none was let in" : $"let in meanwhile or afterwards{Named(guess.Opened)}"),
                Source = client,
                Destination = server,
                Count = guess.Refused.Total,
                Raised = guess.Opened.Count > 0 ? Severity.High : null,
                Confidence = guess.Opened.Count > 0 ? 90 : 80,
                Measures = [new(guess.IsSpray ? "accounts" : "refused", guess.Most, guess.Threshold), new(guess.IsSpray ? "refused" : "accounts", guess.IsSpray ? guess.Refused.Total : guess.Accounts.Count)],
                DisplayFilter = filter,
            }.WithEvidence(guess.Refused).During(guess.When));
        }

        return guesses;
    }

    private static string Named(IReadOnlyList<string> accounts)
    {
        string[] named = [.. accounts.Where(account => account.Length > 0)];
        return named.Length == 0 ? string.Empty : $" ({string.Join(", ", named.Take(MostNamed))}{(named.Length > MostNamed ? ", …" : string.Empty)})";
    }
}
