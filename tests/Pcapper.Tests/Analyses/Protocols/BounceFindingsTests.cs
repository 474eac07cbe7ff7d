using Pcapper.Engine;
using Pcapper.Tests.Building;
using Pcapper.Tests.Running;
using Xunit;

namespace Pcapper.Tests.Analyses.Protocols;

public sealed class BounceFindingsTests
{
    private static readonly HashSet<string> s_modules = ["protocols"];

    [Fact]
    public void A_server_that_is_sent_to_a_third_host_is_told()
    {
        Finding finding = Assert.Single(Find("PORT 192,0,2,77,0,80"));
        Assert.Equal(("protocols.ftp-bounce", "10.0.0.5 > 203.0.113.7", "1 command for 192.0.2.77:80, 1 accepted", Severity.Medium), (finding.Type.Id, finding.Subject, finding.Summary, finding.Severity));
        Assert.Equal(Severity.Low, Assert.Single(Find("EPRT |1|192.0.2.77|80|", "500 no")).Severity);
    }

    [Theory]
    [InlineData("PORT 10,0,0,5,200,1")]
    [InlineData("PORT 203,0,113,7,200,1")]
    [InlineData("PASV")]
    public void The_hosts_themselves_are_no_third(string command) => Assert.Empty(Find(command));

    [Fact]
    public void A_client_behind_address_translation_names_its_address_of_the_inside()
        => Assert.Empty(Find("PORT 192,168,1,5,200,1", client: "198.51.100.5:40000"));

    private static IEnumerable<Finding> Find(string command, string reply = "200 fine", string client = "10.0.0.5:40000") => Analysis.Of(
        Capture.New().Tcp(client, "203.0.113.7:21", t => t.Replies("220 hello\r\n").Says($"USER bob\r\n").Replies("331 go on\r\n").Says($"{command}\r\n").Replies($"{reply}\r\n").Closes()).ToPcap(), modules: s_modules).Findings;
}
