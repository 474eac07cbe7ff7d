using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Judges servers and logins.</summary>
internal static class SmbLoginFindings
{
    private const int MostStatuses = 3;

    private static readonly GuessFindings s_guesses = new(SmbFindings.BruteForce, SmbFindings.Spray);

    public static void Raise(SmbState state, Conclusions conclusions)
    {
        foreach ((AddressKey server, SmbServerFacts facts) in state.Servers.Entries)
        {
            if (facts.Version1.Total > 0)
            {
                conclusions.Add(OfServer(
                    SmbFindings.Version1, server.Address, facts, facts.Version1,
                    $"{Units.Count(facts.Version1.Total, "negotiation")} of {Units.Count(facts.Clients.Distinct, "client")} ended in SMB 1", "smb.cmd == 0x72"));
            }

            if (facts.Unsigned.Total > 0)
            {
                conclusions.Add(OfServer(
                    SmbFindings.Unsigned, server.Address, facts, facts.Unsigned,
                    $"{Units.Count(facts.Unsigned.Total, "negotiation")} of {Units.Count(facts.Clients.Distinct, "client")} without required signing", "smb.cmd == 0x72 || smb2.cmd == 0"));
            }
        }

        foreach (IGrouping<PairKey, KeyValuePair<Key2<PairKey, TextKey>, SmbLoginFacts>> pair in state.Logins.Entries.GroupBy(entry => entry.Key.First))
        {
            RaiseLogins(pair.Key, [.. pair.Select(entry => (entry.Key.Second.Text, entry.Value))], conclusions);
        }
    }

    private static Finding OfServer(FindingType type, IpAddress server, SmbServerFacts facts, FrameSample frames, string summary, string condition) => new Finding
    {
        Type = type,
        Subject = server.ToString(),
        Summary = summary,
        Destination = server,
        Count = frames.Total,
        DisplayFilter = Filter.Any(Filter.Address(server).And(condition), Filter.Frames(frames)),
    }.WithEvidence(frames).During(facts.When);

    private static void RaiseLogins(PairKey pair, List<(string Account, SmbLoginFacts Facts)> logins, Conclusions conclusions)
    {
        foreach ((string account, SmbLoginFacts facts) in logins.Where(login => login.Facts.Guests.Total > 0))
        {
            conclusions.Add(SmbFindings.Between(
                SmbFindings.Guest, pair, account, $"{Units.Count(facts.Guests.Total, "session")} as guest", facts.Guests, facts.When, Filter.Where("smb2.cmd == 1 || smb.cmd == 0x73")));
        }

        s_guesses.Raise(
            logins.Select(login => (login.Account, login.Facts.Tries)), pair.From, pair.To, string.Empty, Filter.Between(pair.From, pair.To).And("smb2.cmd == 1 || smb.cmd == 0x73"), conclusions,
            guess => $" ({Statuses(logins.Where(login => guess.Accounts.Contains(login.Account, StringComparer.Ordinal)))})");
    }

    private static string Statuses(IEnumerable<(string Account, SmbLoginFacts Facts)> logins)
        => string.Join(", ", logins.SelectMany(login => login.Facts.Statuses.Entries).Select(entry => entry.Key.Value).Where(status => status != 0)
            .Distinct().Order().Take(MostStatuses).Select(status => SmbStatus.Name((uint)status)));
}
