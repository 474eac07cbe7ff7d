using System.Diagnostics;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Protocols.Ldap.LdapBytes;

namespace Pcapper.Tests.Protocols.Ldap;

/// <summary>What clients send to hide in a directory's traffic, or to have others accused.</summary>
public sealed class LdapMischiefTests
{
    private const string Delegation = "msDS-AllowedToActOnBehalfOfOtherIdentity";

    private static ParserFlow Tcp => new((f, b) => new LdapParser(f, b), 389);

    private static ParserFlow Udp => new((f, b) => new LdapParser(f, b), 389, IpProtocol.Udp);

    [Theory]
    [InlineData("41")]
    [InlineData("30 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41")]
    [InlineData("41 30 0c 02 01 01 42 41 41 41 41 41 41 41 41 41 41 41 41 41")]
    [InlineData("ff ff ff ff 30 80 02 01 01 60 00 00")]
    public void What_is_no_message_hides_none_behind_it(string noise)
    {
        foreach (int segment in (int[])[1, 1460])
        {
            byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:389", talk => talk.SegmentSize(segment)
                .Says(Bind(1, "cn=anna", "gue55")).Replies(Result(1, 1, 49))
                .Says([.. Hex.Bytes(noise), .. Bind(2, "cn=anna", "kn0wn")]).Replies(Result(2, 1, 0))
                .Says(Bind(3, "cn=ben", "third")).Replies(Result(3, 1, 0))).ToPcap();
            Assert.Equal([("gue55", false), ("kn0wn", true), ("third", true)], Analysis.Records<CredentialSeen>(capture).Select(c => (c.Secret!.Reveal(), c.Success!.Value)));
            Assert.Equal(("ldap", "bytes between messages"), Assert.Single(Analysis.Records<AnomalySeen>(capture).Select(a => (a.Protocol, a.Rule))));
        }
    }

    [Fact]
    public void Behind_a_loss_the_next_message_is_looked_for_in_the_middle_of_what_comes()
    {
        byte[] first = Bind(2, "cn=anna", "lost in part");
        byte[] capture = Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:389", talk => talk
            .Says(Bind(1, "cn=anna", "gue55")).Replies(Result(1, 1, 49))
            .Lost(10).Says([.. first[10..], .. Bind(3, "cn=anna", "kn0wn")]).Replies(Result(2, 1, 49)).Replies(Result(3, 1, 0))
            .Says(Bind(4, "cn=ben", "third")).Replies(Result(4, 1, 0))).ToPcap();
        Assert.Equal(["gue55", "kn0wn", "third"], Analysis.Records<CredentialSeen>(capture).Select(c => c.Secret!.Reveal()));
    }

    [Fact]
    public void Nobody_answers_himself()
    {
        ParserFlow flow = Tcp;
        flow.Says(Bind(1, "cn=anna", "gue55"));
        flow.Says(Result(1, 1, 0));
        flow.Says(Result(2, 5, 0));
        flow.Says(Entry(1, "", ("dnsHostName", Plain("dc.example"))));
        flow.Replies(Search(9, "", 2, Present("objectClass")));
        Assert.Empty(flow.All<LdapOperation>());
        Assert.Equal(4, flow.All<AnomalySeen>().Count(a => a.Rule == "request or answer from the wrong side"));
        flow.Replies(Result(1, 1, 49));
        Assert.Equal(49, flow.Only<LdapOperation>().Result!.Code);
    }

    [Fact]
    public void Another_question_with_the_number_of_an_open_one_is_another_question()
    {
        ParserFlow flow = Udp;
        flow.Says(Search(1, "", 0, Present("objectClass"), "NetLogon"));
        flow.Says(Search(1, "", 0, Present("objectClass"), "NetLogon"));
        flow.Says(Search(1, "DC=example", 2, Present("servicePrincipalName")));
        flow.Parser.OnEnd();
        Assert.Equal(["", "DC=example"], flow.All<LdapOperation>().Select(o => o.Object));
    }

    [Fact]
    public void Attributes_that_matter_are_seen_behind_any_number_of_others()
    {
        byte[][] decoys = [.. Enumerable.Range(0, 300).Select(i => Sequence(Enumerated(2), Sequence(Text($"description{i}"), SetOf(Text("x")))))];
        byte[] real = Sequence(Enumerated(2), Sequence(Text(Delegation), SetOf(Text("x"))));
        ParserFlow flow = Tcp;
        flow.Says(Message(1, Application(6, Text("CN=DC1,DC=example"), Sequence([.. decoys, real, .. decoys, real]))));
        flow.Says(Search(2, "", 2, Present("objectClass"), [.. Enumerable.Range(0, 300).Select(i => $"a{i}"), "ms-Mcs-AdmPwd", "ms-mcs-admpwd", "cn"]));
        flow.Parser.OnEnd();
        IReadOnlyList<string> changed = flow.All<LdapOperation>()[0].Attributes;
        Assert.Equal((LdapReader.MaxItems + 1, Delegation), (changed.Count, changed[^1]));
        LdapSearch search = flow.All<LdapOperation>()[1].Search!;
        Assert.Equal((LdapReader.MaxItems + 1, "ms-Mcs-AdmPwd"), (search.Attributes.Count, search.Attributes[^1]));
        Assert.Equal(1ul << (int)LdapMark.LocalAdministratorPasswords, search.Marks);
    }

    [Fact]
    public void A_filter_is_judged_however_long_and_deep_it_is()
    {
        byte[] spn = Present("servicePrincipalName");
        byte[] padding = Either([.. Enumerable.Range(0, 400).Select(i => Equality("description", $"nothing to be seen here {i}"))]);
        byte[] nested = Enumerable.Range(0, 300).Aggregate(spn, (inner, _) => Both(inner));
        foreach (byte[] filter in (byte[][])[spn, Both(padding, spn), nested, Not(Not(Either(padding, nested, padding)))])
        {
            ParserFlow flow = Tcp;
            flow.Says(Search(1, "DC=example", 2, filter));
            flow.Parser.OnEnd();
            Assert.Equal(1ul << (int)LdapMark.ServicePrincipals, flow.Only<LdapOperation>().Search!.Marks);
        }

        byte[][] types = [.. ((string[])["268435456", "536870912", "805306368", "805306369"]).Select(t => Equality("sAMAccountType", t))];
        ParserFlow collector = Tcp;
        collector.Says(Search(1, "DC=example", 2, Either(types[0], padding, Both(types[1], types[2]), types[3])));
        collector.Says(Search(2, "DC=example", 2, Either(types[0], types[1], types[2])));
        collector.Parser.OnEnd();
        Assert.Equal([1ul << (int)LdapMark.EveryAccount, 0], collector.All<LdapOperation>().Select(o => o.Search!.Marks));
    }

    [Fact]
    public void Requests_without_answers_cost_the_same_however_many_they_are()
    {
        TimeSpan few = Flood(20_000);
        TimeSpan many = Flood(200_000);
        Assert.True(many < (few * 40) + TimeSpan.FromSeconds(1), $"{few} {many}");
    }

    private static TimeSpan Flood(int requests)
    {
        ParserFlow flow = new((f, b) => new LdapParser(f, b), 389);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < requests; i++)
        {
            flow.Says(Message(i + 1, Application(10, Text("x"))));
            flow.Records.Clear();
        }

        return Stopwatch.GetElapsedTime(start);
    }
}
