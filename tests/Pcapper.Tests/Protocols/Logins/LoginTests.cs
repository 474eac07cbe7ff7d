using CsCheck;
using Pcapper.Engine;
using Pcapper.Tests.Building;
using Pcapper.Tests.Hashcat;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Protocols.Logins;

/// <summary>Whoever logs in, in whatever protocol, on whatever port, however cut: it is seen, once, with its outcome.</summary>
public sealed class LoginTests
{
    private const int OddPort = 40404;

    public static TheoryData<string> Names { get; } = [.. Login.All.Select(login => login.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_seen_on_any_port(string name)
    {
        Login login = Find(name);
        Holds(login, login.ToCapture(login.Port));
        Holds(login, login.ToCapture(OddPort));
        Holds(login, login.ToCapture(443));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_seen_byte_by_byte(string name)
    {
        Login login = Find(name);
        Holds(login, login.ToCapture(OddPort, segment: 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_bytes_are_survived(string name)
    {
        Login login = Find(name);
        Gen.Select(Gen.Int[0, login.Turns.Length - 1], Gen.Int[0, 100_000], Gen.Byte).List[1, 4].Always(
            changes =>
            {
                (bool FromClient, byte[] Bytes)[] turns = [.. login.Turns.Select(turn => (turn.FromClient, turn.Bytes.ToArray()))];
                foreach ((int turn, int at, byte value) in changes)
                {
                    turns[turn].Bytes[at % turns[turn].Bytes.Length] = value;
                }

                Analysis.Records<CredentialSeen>((login with { Turns = turns }).ToCapture(login.Port));
            },
            iterations: 40);
    }

    [Fact]
    public void A_digest_over_UDP_is_seen()
    {
        Login login = Find("sip");
        byte[] capture = Capture.New().Udp("192.0.2.5:49152", $"198.51.100.9:{OddPort}", talk =>
        {
            foreach ((bool fromClient, byte[] bytes) in login.Turns)
            {
                _ = fromClient ? talk.Says(bytes) : talk.Replies(bytes);
            }
        }).ToPcap();
        Holds(login, capture);
    }

    private static Login Find(string name) => Login.All.Single(login => login.Name == name);

    private static void Holds(Login login, byte[] capture)
    {
        List<CredentialSeen> seen = Analysis.Records<CredentialSeen>(capture);
        Assert.Equal(login.Seen.Select(wanted => (login.Protocol, wanted.Scheme, wanted.User, wanted.Success, wanted.Mode)), seen.Select(record => (record.Protocol, record.Scheme, record.User, record.Success, record.HashcatMode)));
        foreach ((CredentialSeen record, (_, _, string? password, _, int? mode)) in seen.Zip(login.Seen))
        {
            Assert.Equal("192.0.2.5", record.Client.ToString());
            Assert.Equal("198.51.100.9", record.Server.ToString());
            if (mode is null && password is not null)
            {
                Assert.Equal(password, record.Secret?.Reveal());
            }
            else if (password is not null)
            {
                Assert.True(PasswordCheck.Fits(mode!.Value, record.Secret!.Reveal(), password), record.Secret.Reveal());
            }
        }
    }
}
