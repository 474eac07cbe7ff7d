using CsCheck;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Guessing;

public sealed class GuessJudgeTests
{
    private const int Minute = 60;

    [Fact]
    public void The_part_obeys_the_laws()
        => Laws.HoldPart(
            () => new LoginTries(), Gen.Select(Gen.Int[0, 2], Gen.Int[1, 60]),
            (tries, item) =>
            {
                if (item.Item1 == 0)
                {
                    tries.AddAccepted(At(item.Item2), new FrameRef(0, item.Item2));
                }
                else
                {
                    tries.AddRefused(At(item.Item2), new FrameRef(0, item.Item2), item.Item1 == 1);
                }
            });

    [Fact]
    public void Twenty_refusals_in_fifteen_minutes_are_guessing()
    {
        Guess guess = Assert.Single(Judge(Refused("anna", 20, 45)));
        Assert.Equal((false, 20, 20), (guess.IsSpray, guess.Most, guess.Threshold));
        Assert.Equal(["anna"], guess.Accounts);
        Assert.Empty(Judge(Refused("anna", 19, 1)));
        Assert.Empty(Judge(Refused("anna", 200, 48)));
    }

    [Fact]
    public void A_burst_counts_though_the_rest_is_slow()
    {
        Assert.Equal(20, Assert.Single(Judge(Refused("anna", 20, 1), Refused("anna", 10, 3600, from: 9000))).Most);
    }

    [Fact]
    public void Passwords_that_nobody_looked_at_are_not_guessed() => Assert.Empty(Judge(Refused("gone", 100, 1, isUnlooked: true)));

    [Fact]
    public void Many_passwords_for_several_accounts_are_guessing_too()
    {
        (string, LoginTries)[] tries = [Refused("a", 8, 1), Refused("b", 8, 1), Refused("c", 8, 1)];
        Guess guess = Assert.Single(Judge(tries));
        Assert.Equal((false, 3, 24), (guess.IsSpray, guess.Accounts.Count, guess.Refused.Total));
        Assert.Empty(Judge(tries[..2]));
        Assert.Empty(Judge([.. tries, Accepted("d", 5)]));
    }

    [Fact]
    public void Five_accounts_in_five_minutes_are_a_spray()
    {
        Guess guess = Assert.Single(Judge([.. Sprayed(5, 75)]));
        Assert.Equal((true, 5, 5), (guess.IsSpray, guess.Most, guess.Threshold));
        Assert.Empty(Judge([.. Sprayed(4, 1)]));
        Assert.Empty(Judge([.. Sprayed(5, 76)]));
    }

    [Fact]
    public void Ten_accounts_that_only_fail_are_a_spray_at_any_pace()
    {
        Assert.True(Assert.Single(Judge([.. Sprayed(10, 10 * Minute)])).IsSpray);
        Assert.Empty(Judge([.. Sprayed(9, 10 * Minute)]));
    }

    [Fact]
    public void One_account_in_several_spellings_is_no_spray()
        => Assert.Empty(Judge(Refused("anna", 1), Refused("Anna", 1), Refused(@"EXAMPLE\anna", 1), Refused(@".\ANNA", 1), Refused(@"WS\anna", 1)));

    [Fact]
    public void Names_alone_are_no_spray()
    {
        (string, LoginTries)[] unknown = [.. Enumerable.Range(0, 9).Select(i => Refused($"n{i}", 1, 1, i, isUnlooked: true))];
        Assert.Empty(Judge([.. unknown, Refused("a", 1)]));
        Assert.True(Assert.Single(Judge([.. unknown, Refused("a", 1), Refused("b", 1)])).IsSpray);
    }

    [Fact]
    public void People_behind_one_address_are_no_spray()
    {
        (string, LoginTries)[] mistyped = [.. Sprayed(12, 20)];
        Assert.Empty(Judge([.. mistyped, .. Enumerable.Range(0, 4).Select(i => Accepted($"p{i}", 60))]));
        Assert.Empty(Judge([.. mistyped, .. Enumerable.Range(0, 12).Select(i => Accepted($"user{i}", 30 + (20 * i)))]));
        Assert.Single(Judge([.. mistyped, .. Enumerable.Range(0, 4).Select(i => Accepted($"PC{i}$", 60))]));
        Assert.Single(Judge([.. mistyped, .. Enumerable.Range(0, 4).Select(i => Accepted($"p{i}", 9000))]));
    }

    [Fact]
    public void A_spray_in_rounds_and_a_guessed_account_are_two_things()
    {
        (string, LoginTries)[] rounds = [.. Enumerable.Range(0, 8).Select(i => Refused($"user{i}", 6, 30 * Minute, i))];
        IReadOnlyList<Guess> guesses = Judge([.. rounds, Refused("administrator", 40, 5)]);
        Assert.Equal([false, true], guesses.Select(guess => guess.IsSpray));
        Assert.Equal(["administrator"], guesses[0].Accounts);
        Assert.Equal(8, guesses[1].Accounts.Count);
    }

    [Fact]
    public void An_account_that_was_let_in_after_its_last_refusal_is_named()
    {
        Assert.Equal(["anna"], Assert.Single(Judge(Refused("anna", 20, 1), Accepted("anna", 30))).Opened);
        Assert.Equal(["anna"], Assert.Single(Judge(Refused("anna", 20, 1), Accepted("anna", 15))).Opened);
        Assert.Empty(Assert.Single(Judge(Refused("anna", 20, 30), Accepted("anna", 60))).Opened);
        Assert.Empty(Assert.Single(Judge(Refused("anna", 20, 1), Accepted("ben", 30))).Opened);
    }

    [Fact]
    public void An_account_that_a_spray_opens_at_once_is_named()
    {
        Assert.Equal(["ben"], Assert.Single(Judge([.. Sprayed(8, 2), Accepted("ben", 5)])).Opened);
        Assert.Empty(Assert.Single(Judge([.. Sprayed(8, 2), Accepted("ben", 60)])).Opened);
    }

    private static IEnumerable<(string Account, LoginTries Tries)> Sprayed(int accounts, int spacing) => Enumerable.Range(0, accounts).Select(i => Refused($"user{i}", 1, 1, i * spacing));

    private static (string Account, LoginTries Tries) Refused(string account, int count, int spacing = 1, int from = 0, bool isUnlooked = false)
    {
        var tries = new LoginTries();
        for (int i = 0; i < count; i++)
        {
            int time = from + (i * spacing);
            tries.AddRefused(At(time), new FrameRef(0, time + 1), isUnlooked);
        }

        return (account, tries);
    }

    private static (string Account, LoginTries Tries) Accepted(string account, int time)
    {
        var tries = new LoginTries();
        tries.AddAccepted(At(time), new FrameRef(0, time + 1));
        return (account, tries);
    }

    private static Timestamp At(int seconds) => Timestamp.FromSeconds(1_700_000_000 + seconds);

    private static IReadOnlyList<Guess> Judge(params IEnumerable<(string Account, LoginTries Tries)> logins) => GuessJudge.Judge(logins);
}
