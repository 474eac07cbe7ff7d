using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Ldap;

public sealed class LdapAnalyzerTests
{
    private const string RogueObject = "CN=PC7,CN=Servers,CN=Site,CN=Sites,CN=Configuration,DC=example,DC=com";

    private static readonly Gen<Action<RecordBus>> s_records = Gen.OneOf(
        Laws.Emit(
            from frame in Gen.Int[1, 60]
            from kind in Gen.Int[0, 4]
            from who in Gen.Int[0, 3]
            from code in Gen.Int[0, 2].Select(i => i == 0 ? 0 : i == 1 ? 49 : 32)
            select kind switch
            {
                0 => Bind($"cn=u{who}", frame, code, password: who % 2 == 0),
                1 => Search(who == 0 ? "(servicePrincipalName=*)" : $"(cn=a{who})", frame, who * 400, ["ms-Mcs-AdmPwd"]),
                2 => Change(LdapOperationKind.Modify, "CN=a", frame, "member", code),
                3 => Change(who == 0 ? LdapOperationKind.Add : LdapOperationKind.Delete, RogueObject, frame, "", code),
                _ => Search("(NtVer=6)", frame, 1) with { IsDatagram = true },
            }),
        Laws.Emit(Gen.Int[1, 60].Select(f => new LdapServerFacts { Flow = Flow, Frame = new FrameRef(0, f), Time = At(f), Server = Flow.Responder, Domain = $"d{f % 3}", HostName = "h" })),
        Laws.Emit(Gen.Int[1, 60].Select(f => new LdapJavaObject
        {
            Flow = Flow,
            Frame = new FrameRef(0, f),
            Time = At(f),
            Client = Flow.Originator,
            Server = f % 2 == 0 ? Flow.Responder : IpAddress.Parse("8.8.8.8"),
            ServerPort = (ushort)(389 + (f % 2)),
            Name = $"n{f % 5}",
            Class = "c",
            CodeBase = f % 3 == 0 ? "http://x.example/" : null,
            Factory = $"F{f % 4}",
            SerializedBytes = f % 5 == 0 ? f : null,
        })),
        Laws.Emit(Gen.Int[1, 60].Select(f => new LdapSession
        {
            Flow = Flow,
            Frame = new FrameRef(0, f),
            Time = At(f),
            Client = Flow.Originator,
            Server = Flow.Responder,
            Messages = f,
            Sealed = f % 4,
            SealedBytes = f * 10,
            Signed = 1,
            IsTls = f % 2 == 0,
        })));

    private static FlowId Flow { get; } = new(new FlowKey(IpAddress.Parse("10.0.0.5"), 49152, IpAddress.Parse("10.0.0.10"), 389, IpProtocol.Tcp, default), new FrameRef(0, 1));

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<LdapAnalyzer>(s_records, 40);

    [Fact]
    public void Ordinary_use_is_silent()
    {
        List<LdapOperation> records = [Bind("", 1, 0, password: false)];
        for (int i = 0; i < 50; i++)
        {
            records.Add(Search($"(&(objectClass=user)(sAMAccountName=user{i}))", i, 1, ["cn", "mail"]));
            records.Add(Search("(NtVer=6)", i, 1) with { IsDatagram = true });
        }

        records.Add(Change(LdapOperationKind.Modify, "CN=a", 80, "description"));
        Assert.Empty(Conclude([.. records]));
    }

    [Fact]
    public void Filters_of_attackers_count_by_how_many_kinds_there_are()
    {
        LdapOperation spn = Search("(&(objectClass=user)(servicePrincipalName=*))", 1, 9);
        LdapOperation laps = Search("(&(objectCategory=computer)(ms-Mcs-AdmPwd=*))", 2, 1);
        LdapOperation templates = Search("(objectClass=pKIEnrollmentService)", 3, 1);
        Assert.Equal((LdapFindings.Reconnaissance, Severity.Info), Only(spn));
        Assert.Equal((LdapFindings.Reconnaissance, Severity.Low), Only(spn, laps));
        Assert.Equal((LdapFindings.Reconnaissance, Severity.Medium), Only(spn, laps, templates));
        Assert.Equal((LdapFindings.Reconnaissance, Severity.Medium), Only(Search("(userAccountControl:1.2.840.113556.1.4.803:=4194304)", 1, 0)));
        Assert.Equal(
            (LdapFindings.Reconnaissance, Severity.Medium),
            Only(Search("(|(samaccounttype=268435456)(samaccounttype=536870912)(samaccounttype=805306368)(samaccounttype=805306369))", 1, 300)));
        Assert.Empty(Conclude(Search("(servicePrincipalName=HTTP/web)", 1, 1), Search("(samaccounttype=805306368)", 2, 1)));
    }

    [Fact]
    public void Filters_select_the_requests_that_are_meant()
    {
        Assert.Equal(
            "(ip.src == 10.0.0.5 && ip.dst == 10.0.0.10 && ldap.protocolOp == 3) || (frame.number in {2})",
            Assert.Single(Conclude(Search("(&(objectClass=user)(servicePrincipalName=*))", 1, 9))).DisplayFilter);
        Assert.Contains("ldap.protocolOp == 6", Assert.Single(Conclude(Change(LdapOperationKind.Modify, "CN=dc", 1, "servicePrincipalName"))).DisplayFilter, StringComparison.Ordinal);
        Assert.Contains("ldap.protocolOp == 0", Assert.Single(Conclude(Bind("cn=a", 1, 0))).DisplayFilter, StringComparison.Ordinal);
        Assert.Contains("ldap.protocolOp == 8", Assert.Single(Conclude(Change(LdapOperationKind.Add, RogueObject, 1, "objectClass"))).DisplayFilter, StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_that_came_back_are_told()
    {
        Assert.Equal((LdapFindings.PasswordAttributes, Severity.Low), Only(Search("(uid=a)", 1, 1, ["userPassword"])));
        Assert.Contains(Conclude(Search("(cn=pc)", 1, 1, ["ms-Mcs-AdmPwd"])), f => f.Type == LdapFindings.PasswordAttributes && f.Severity == Severity.Medium);
        Assert.Empty(Conclude(Search("(uid=a)", 1, 0, ["userPassword"])));
    }

    [Fact]
    public void A_readable_password_is_told_an_anonymous_bind_is_not()
    {
        Assert.Equal((LdapFindings.CleartextPassword, Severity.Medium), Only(Bind("cn=a", 1, 0)));
        Assert.Empty(Conclude(Bind("", 1, 0, password: false)));
    }

    [Fact]
    public void Refused_binds_are_guessing_or_spraying()
    {
        LdapOperation[] guesses = [.. Enumerable.Range(0, 20).Select(i => Bind("cn=a", i, 49, password: false))];
        Assert.Equal((LdapFindings.BruteForce, Severity.Medium), Only(guesses));
        Assert.Equal((LdapFindings.BruteForce, Severity.High), Only([.. guesses, Bind("cn=a", 30, 0, password: false)]));
        Assert.Empty(Conclude(guesses[1..]));
        LdapOperation[] sprayed = [.. Enumerable.Range(0, 5).Select(i => Bind($"cn=u{i}", i, 49, password: false))];
        Assert.Equal((LdapFindings.Spray, Severity.High), Only(sprayed));
        Assert.Empty(Conclude(sprayed[1..]));
        Assert.Empty(Conclude([.. sprayed, .. Enumerable.Range(0, 3).Select(i => Bind($"cn=v{i}", i, 0, password: false))]));
    }

    [Fact]
    public void More_than_a_page_of_entries_is_much()
    {
        Assert.Equal((LdapFindings.MassEnumeration, Severity.Low), Only(Search("(objectClass=user)", 1, 1001)));
        Assert.Empty(Conclude(Search("(objectClass=user)", 1, 1000)));
    }

    [Fact]
    public void Changes_that_give_power_are_told_when_they_succeed()
    {
        Assert.Equal((LdapFindings.SensitiveChange, Severity.High), Only(Change(LdapOperationKind.Modify, "CN=dc", 1, "msDS-AllowedToActOnBehalfOfOtherIdentity")));
        Assert.Equal((LdapFindings.SensitiveChange, Severity.Low), Only(Change(LdapOperationKind.Modify, "CN=dc", 1, "servicePrincipalName")));
        Assert.Empty(Conclude(Change(LdapOperationKind.Modify, "CN=dc", 1, "msDS-AllowedToActOnBehalfOfOtherIdentity", 50)));
    }

    [Fact]
    public void A_domain_controller_that_comes_and_goes_is_rogue()
    {
        LdapOperation added = Change(LdapOperationKind.Add, RogueObject, 1, "objectClass");
        Assert.Equal((LdapFindings.RogueController, Severity.High), Only(added, Change(LdapOperationKind.Delete, RogueObject, 5, "")));
        Assert.Equal((LdapFindings.RogueController, Severity.Low), Only(added, Change(LdapOperationKind.Delete, RogueObject, 900, "")));
        Assert.Empty(Conclude(Change(LdapOperationKind.Add, "CN=x," + RogueObject, 1, "objectClass"), Change(LdapOperationKind.Delete, RogueObject, 2, "")));
    }

    private static (FindingType Type, Severity Severity) Only(params LdapOperation[] records)
    {
        Finding finding = Assert.Single(Conclude(records));
        return (finding.Type, finding.Severity);
    }

    private static IReadOnlyList<Finding> Conclude(params LdapOperation[] records)
    {
        var analyzer = new LdapAnalyzer();
        Array.ForEach(records, analyzer.Consume);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions.Findings;
    }

    private static Timestamp At(int frame) => Timestamp.FromSeconds(1_700_000_000 + frame);

    private static LdapOperation Operation(LdapOperationKind kind, int frame, int code) => new()
    {
        Flow = Flow,
        Frame = new FrameRef(0, frame + 1),
        Time = At(frame),
        MessageId = frame,
        Kind = kind,
        Client = Flow.Originator,
        Server = Flow.Responder,
        IsAsked = true,
        Result = new LdapResult { Frame = new FrameRef(0, frame + 1), Time = At(frame), Code = code },
    };

    private static LdapOperation Bind(string name, int frame, int code, bool password = true)
        => Operation(LdapOperationKind.Bind, frame, code) with { Object = name, Mechanism = "simple", PasswordLength = password ? 6 : 0 };

    private static LdapOperation Search(string filter, int frame, long entries, string[]? attributes = null)
        => Operation(LdapOperationKind.Search, frame, 0) with { Search = new LdapSearch { Base = "DC=example", Scope = 2, Filter = filter, Marks = LdapMarks.Of(filter) | (attributes ?? []).Aggregate(0ul, (marks, a) => marks | LdapMarks.OfAttribute(a)), Attributes = attributes ?? [], Entries = entries, EntryBytes = entries * 100 } };

    private static LdapOperation Change(LdapOperationKind kind, string name, int frame, string attribute, int code = 0)
        => Operation(kind, frame, code) with { Object = name, Attributes = attribute.Length == 0 ? [] : [attribute] };
}
