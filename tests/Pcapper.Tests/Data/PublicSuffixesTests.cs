using Pcapper.Modules.Data;
using Xunit;

namespace Pcapper.Tests.ReferenceData;

public sealed class PublicSuffixesTests
{
    // The list's own tests (publicsuffix.org, test_psl.txt), those that fit one rule each.
    [Theory]
    [InlineData("com", null)]
    [InlineData("example.com", "example.com")]
    [InlineData("www.Example.COM.", "example.com")]
    [InlineData("b.example.co.uk", "example.co.uk")]
    [InlineData("co.uk", null)]
    [InlineData("a.b.ide.kyoto.jp", "b.ide.kyoto.jp")]
    [InlineData("city.kobe.jp", "city.kobe.jp")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("c.kobe.jp", null)]
    [InlineData("a.b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("ck", null)]
    [InlineData("test.ck", null)]
    [InlineData("a.b.test.ck", "b.test.ck")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("me.github.io", "me.github.io")]
    [InlineData("xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn")]
    [InlineData("host.unlisted-suffix", "host.unlisted-suffix")]
    public void The_registered_domain_follows_the_list(string name, string? expected) => Assert.Equal(expected, PublicSuffixes.RegisteredDomain(name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData(".com")]
    [InlineData("a..com")]
    [InlineData("host")]
    public void What_is_no_name_has_none(string name) => Assert.Null(PublicSuffixes.RegisteredDomain(name));

    [Fact]
    public void A_name_that_is_too_long_has_none() => Assert.Null(PublicSuffixes.RegisteredDomain(new string('a', 300) + ".com"));
}
