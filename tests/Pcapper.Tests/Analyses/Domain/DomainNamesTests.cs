using Pcapper.Modules.Analyses.Domain;
using Xunit;

namespace Pcapper.Tests.Analyses.Domain;

public sealed class DomainNamesTests
{
    [Theory]
    [InlineData("_ldap._tcp.dc._msdcs.Corp.Example", "corp.example", null, null, true)]
    [InlineData("_kerberos._tcp.Berlin._sites.dc._msdcs.corp.example", "corp.example", "berlin", 5, true)]
    [InlineData("_ldap._tcp.pdc._msdcs.corp.example", "corp.example", null, 0, true)]
    [InlineData("_ldap._tcp.Berlin._sites.gc._msdcs.example", "example", "berlin", 2, true)]
    [InlineData("_kerberos._udp.corp.example", "corp.example", null, 5, false)]
    [InlineData("_gc._tcp.Berlin._sites.example", "example", "berlin", 2, false)]
    [InlineData("_ldap._tcp.corp.example", "corp.example", null, null, false)]
    public void Locator_names_are_taken_apart(string name, string domain, string? site, int? role, bool isController)
        => Assert.Equal(new LocatorName(domain, site, role, isController), LocatorName.Of(name));

    [Theory]
    [InlineData("_sip._tcp.example")]
    [InlineData("www.example")]
    [InlineData("")]
    [InlineData("_ldap._tcp")]
    [InlineData("_ldap._tcp.")]
    [InlineData("_ldap._tcp.dc._msdcs.")]
    [InlineData("_ldap._tcp.8f2a.domains._msdcs.example")]
    [InlineData("_ldap._tcp._sites.example")]
    public void Other_names_are_left_alone(string name) => Assert.Null(LocatorName.Of(name));

    [Theory]
    [InlineData("anna", "CORP", "anna", "CORP")]
    [InlineData("anna@corp.example", "CORP", "anna@corp.example", "CORP")]
    [InlineData("anna@corp.example", null, "anna", "corp.example")]
    [InlineData(@"CORP\anna", "", "anna", "CORP")]
    [InlineData("CN=anna,OU=people,DC=corp,DC=example", null, "anna", "corp.example")]
    [InlineData("cn=,dc=corp", null, "", "corp")]
    [InlineData("x=,DC=", null, "", "")]
    [InlineData("anna", null, "anna", "")]
    [InlineData("@", null, "@", "")]
    public void Accounts_are_taken_apart(string name, string? domain, string user, string expected)
        => Assert.Equal(new AccountName(user, expected), AccountName.Of(name, domain));

    [Fact]
    public void Computers_have_a_dollar_at_the_end()
    {
        Assert.True(new AccountName("WS-ANNA$", "").IsComputer);
        Assert.False(new AccountName("$", "").IsComputer);
        Assert.Equal("ws-anna", AccountName.Short("WS-ANNA$"));
        Assert.Equal("ws-anna", AccountName.Short("ws-anna.corp.example"));
    }
}
