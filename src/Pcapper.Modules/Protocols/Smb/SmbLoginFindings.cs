using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Judges servers and logins.</summary>
internal static class SmbLoginFindings
{
    // Zeek's guessing policies count 20 to 30 refusals in 15 to 30 minutes; people mistype three to five times.
    private const int MinFailures = 20;

    // One wrong password for each of ten accounts is no mistake of one person.
    private const int MinSprayedAccounts = 10;
    private const int MaxTriesWhenSpraying = 3;

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
                    $"{Units.Count(facts.Unsigned.Total, "negotiation")} of {Units.Count(facts.Clients.Distinct, "client")} without required signing", "smb || smb2"));
            }
        }

        foreach (IGrouping<PairKey, KeyValuePair<Key2<PairKey, TextKey>, SmbLoginFacts>> pair in state.Logins.Entries.GroupBy(entry => entry.Key.First))
        {
            RaiseGuesses(pair.Key, [.. pair.Select(entry => (entry.Key.Second.Text, entry.Value))], conclusions);
        }
    }

    private static Finding OfServer(FindingType type, IpAddress server, SmbServerFacts facts, FrameSample frames, string summary, string condition) => new Finding
    {
        Type = type,
        Subject = server.ToString(),
        Summary = summary,
        Destination = server,
        Count = frames.Total,
        DisplayFilter = Filter.Address(server).And(condition),
    }.WithEvidence(frames).During(facts.When);

    private static void RaiseGuesses(PairKey pair, List<(string Account, SmbLoginFacts Facts)> logins, Conclusions conclusions)
    {
        foreach ((string account, SmbLoginFacts facts) in logins.Where(login => login.Facts.Guests.Total > 0))
        {
            conclusions.Add(SmbFindings.Between(
                SmbFindings.Guest, pair, account, $"{Units.Count(facts.Guests.Total, "session")} as guest", facts.Guests, facts.When, Filter.Where("smb || smb2")));
        }

        (string Account, SmbLoginFacts Facts)[] refused = [.. logins.Where(login => login.Facts.Guesses.Total > 0)];
        long failures = refused.Sum(login => login.Facts.Guesses.Total);
        bool isSpray = refused.Length >= MinSprayedAccounts && failures <= (long)refused.Length * MaxTriesWhenSpraying;
        if (!isSpray && refused.All(login => login.Facts.Guesses.Total < MinFailures))
        {
            return;
        }

        var frames = new FrameSample();
        var when = new Extent();
        foreach ((string _, SmbLoginFacts facts) in refused)
        {
            frames.Merge(facts.Guesses);
            when.Merge(facts.Guessed);
        }

        // Let in after it was refused: perhaps the guess was right.
        string[] open = [.. refused.Where(login => !login.Facts.Succeeded.IsEmpty && login.Facts.Succeeded.Last.CompareTo(login.Facts.Guessed.First) > 0).Select(login => login.Account)];
        string statuses = string.Join(", ", refused.SelectMany(login => login.Facts.Statuses.Entries).Select(entry => entry.Key.Value).Where(status => status != 0)
            .Distinct().Order().Take(3).Select(status => SmbStatus.Name((uint)status)));
        string outcome = open.Length == 0 ? "none of them was let in afterwards" : $"let in afterwards: {string.Join(", ", open.Take(5))}";
        conclusions.Add(SmbFindings.Between(
            isSpray ? SmbFindings.Spray : SmbFindings.BruteForce, pair, string.Empty,
            $"{Units.Count(failures, "refused login")} for {Units.Count(refused.Length, "account")} in {Units.Duration(when.Duration)} ({statuses}); {outcome}",
            frames, when, Filter.Where("smb2.cmd == 1 || smb.cmd == 0x73")) with
        {
            Raised = open.Length > 0 && !isSpray ? Severity.High : null,
            Measures = [new Measure("refused", failures, isSpray ? null : MinFailures), new Measure("accounts", refused.Length, isSpray ? MinSprayedAccounts : null)],
        });
    }
}
