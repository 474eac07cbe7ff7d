using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Guessing;

/// <summary>
/// Tells guessing of passwords from people who mistype: the one judge of all protocols. Each login is judged once, by the module of the
/// protocol that carries it: <c>smb</c>, <c>ldap</c> (simple binds), <c>kerberos</c>; NTLM in other protocols by <c>ntlm</c>; the rest by <c>creds</c>.
/// </summary>
internal static class GuessJudge
{
    // Zeek's policy for FTP counts 20 refusals in 15 minutes; people mistype three to five times.
    private const int MinRefused = 20;
    private const long RefusedWindow = 15 * 60 * Timestamp.PerSecond;

    // A password or two for each of five accounts in five minutes; some clients repeat a try by themselves.
    private const int MinSprayed = 5;
    private const int MaxTriesEach = 3;
    private const long SprayWindow = 5 * 60 * Timestamp.PerSecond;

    // At any pace: ten accounts that only fail are no mistakes of one person.
    private const int MinSprayedSlowly = 10;

    // With names alone it is a search for names; at least two passwords were looked at.
    private const int MinLooked = 2;

    // Where many people log in through one address (terminal server, proxy), most of them are let in: four accounts of five must fail.
    private const int RefusedPerAccepted = 4;

    // Tools try several passwords at once: refusals still come in after the right one.
    private const long InFlight = 10 * Timestamp.PerSecond;

    /// <summary>Judges the logins from one host to one server.</summary>
    public static IReadOnlyList<Guess> Judge(IEnumerable<(string Account, LoginTries Tries)> logins)
    {
        (string Account, LoginTries Tries)[] accounts = [.. logins.GroupBy(login => Bare(login.Account), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(One)];
        (string Account, LoginTries Tries)[] refused = [.. accounts.Where(a => a.Tries.Refused.Total > 0)];
        if (refused.Sum(a => a.Tries.Refused.Total) < MinSprayed)
        {
            return [];
        }

        List<Guess> guesses = [];
        (string Account, LoginTries Tries)[] forced = [.. refused.Where(a => a.Tries.Refused.Total - a.Tries.Unlooked.Value >= MinRefused && MostWithin([a.Tries.RefusedTimes]) >= MinRefused)];
        if (forced.Length > 0)
        {
            guesses.Add(Make(false, forced, accounts, forced.Max(a => MostWithin([a.Tries.RefusedTimes])), MinRefused));
        }

        (string Account, LoginTries Tries)[] others = [.. refused.Except(forced)];
        if (Spray(others, accounts) is { } spray)
        {
            guesses.Add(spray);
        }
        else if (forced.Length == 0 && others.Length > 1 && Looked(others) >= MinLooked && MostWithin(others.Select(a => a.Tries.RefusedTimes)) is >= MinRefused and var most && Fails(others, accounts))
        {
            guesses.Add(Make(false, others, accounts, most, MinRefused));
        }

        return guesses;
    }

    // EXAMPLE\anna and anna are one account, in whatever case.
    private static string Bare(string account) => account[(account.LastIndexOf('\\') + 1)..].ToUpperInvariant();

    private static (string Account, LoginTries Tries) One(IGrouping<string, (string Account, LoginTries Tries)> group)
    {
        (string Account, LoginTries Tries)[] spellings = [.. group.OrderBy(login => login.Account, StringComparer.Ordinal)];
        if (spellings.Length == 1)
        {
            return spellings[0];
        }

        var tries = new LoginTries();
        foreach ((_, LoginTries part) in spellings)
        {
            tries.Merge(part);
        }

        return (spellings[0].Account, tries);
    }

    private static int Looked((string Account, LoginTries Tries)[] accounts) => accounts.Count(a => a.Tries.Refused.Total > a.Tries.Unlooked.Value);

    // Computers log in by themselves: they say nothing of the people behind an address.
    private static bool Fails((string Account, LoginTries Tries)[] refused, (string Account, LoginTries Tries)[] accounts)
    {
        Extent when = When(refused);
        int accepted = accounts.Count(a => a.Tries.Accepted.Value > 0 && !a.Account.Contains('$', StringComparison.Ordinal)
            && a.Tries.AcceptedWhen.First.CompareTo(when.Last) <= 0 && a.Tries.AcceptedWhen.Last.CompareTo(when.First) >= 0);
        return refused.Length >= RefusedPerAccepted * accepted;
    }

    private static Guess? Spray((string Account, LoginTries Tries)[] refused, (string Account, LoginTries Tries)[] accounts)
    {
        (string Account, LoginTries Tries)[] burst = refused.Length < MinSprayed ? [] : LargestBurst(refused);
        if (burst.Length >= MinSprayed && Looked(burst) >= MinLooked && Fails(burst, accounts))
        {
            return Make(true, burst, accounts, burst.Length, MinSprayed);
        }

        (string Account, LoginTries Tries)[] few = [.. refused.Where(a => a.Tries.Refused.Total <= MaxTriesEach)];
        return few.Length >= MinSprayedSlowly && Looked(few) >= MinLooked && Fails(few, accounts) ? Make(true, few, accounts, few.Length, MinSprayedSlowly) : null;
    }

    // The five minutes in which most accounts were refused a few times each.
    private static (string Account, LoginTries Tries)[] LargestBurst((string Account, LoginTries Tries)[] refused)
    {
        (Timestamp Time, int Account)[] events = [.. refused.SelectMany((a, i) => a.Tries.RefusedTimes.Values.Select(time => (Time: time, Account: i))).Order()];
        int[] tries = new int[refused.Length];
        int few = 0;
        (int Few, int First, int Last) best = default;
        int first = 0;
        for (int last = 0; last < events.Length; last++)
        {
            Change(events[last].Account, 1);
            for (; events[last].Time - events[first].Time > SprayWindow; first++)
            {
                Change(events[first].Account, -1);
            }

            best = few > best.Few ? (few, first, last) : best;
        }

        return best.Few == 0 ? [] : [.. events[best.First..(best.Last + 1)].GroupBy(e => e.Account).Where(g => g.Count() <= MaxTriesEach).Select(g => g.Key).Order().Select(i => refused[i])];

        void Change(int account, int by)
        {
            few -= tries[account] is > 0 and <= MaxTriesEach ? 1 : 0;
            tries[account] += by;
            few += tries[account] is > 0 and <= MaxTriesEach ? 1 : 0;
        }
    }

    private static long MostWithin(IEnumerable<Times> refusals) => Burst.Largest([.. refusals.SelectMany(r => r.Values).Order()], RefusedWindow);

    private static Extent When((string Account, LoginTries Tries)[] accounts)
    {
        var when = new Extent();
        foreach ((_, LoginTries tries) in accounts)
        {
            when.Merge(tries.RefusedWhen);
        }

        return when;
    }

    private static Guess Make(bool isSpray, (string Account, LoginTries Tries)[] tried, (string Account, LoginTries Tries)[] accounts, long most, long threshold)
    {
        var frames = new FrameSample();
        foreach ((_, LoginTries tries) in tried)
        {
            frames.Merge(tries.Refused);
        }

        Extent when = When(tried);
        HashSet<string> names = [.. tried.Select(a => a.Account)];
        return new Guess
        {
            IsSpray = isSpray,
            Accounts = [.. tried.Select(a => a.Account)],
            Opened = [.. accounts.Where(a => IsOpened(a.Tries, names.Contains(a.Account), isSpray, when)).Select(a => a.Account)],
            Refused = frames,
            When = when,
            Most = most,
            Threshold = threshold,
        };
    }

    // After its last refusal; or, in a spray, for the first time while others were refused: the first password was right.
    private static bool IsOpened(LoginTries tries, bool isTried, bool isSpray, Extent when)
    {
        if (tries.Accepted.Value == 0)
        {
            return false;
        }

        return isTried
            ? tries.AcceptedWhen.Last - tries.RefusedWhen.Last >= -InFlight && tries.AcceptedWhen.Last.CompareTo(tries.RefusedWhen.First) >= 0
            : isSpray && tries.AcceptedWhen.First.CompareTo(when.First) >= 0 && tries.AcceptedWhen.First - when.Last <= InFlight;
    }
}
