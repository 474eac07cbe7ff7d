using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.CommandLine;

public sealed class StringsCommandTests
{
    private static readonly byte[] s_capture = Capture.New().Tcp("192.0.2.5:4444", "198.51.100.9:5555", t => t.Says("four\nfive words in one line\nflag{here}\n")).ToPcap();

    [Fact]
    public void A_bad_pattern_is_said()
    {
        (int exit, _, string error) = Cli.Run(s_capture, "-", "--strings", "--strings-match", "a(b");
        Assert.Equal(2, exit);
        Assert.StartsWith("pcapper: --strings-match a(b: ", error, StringComparison.Ordinal);
        Assert.Equal(2, Cli.Run(s_capture, "-", "--strings", "--strings-match", "(?=a)b").ExitCode);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("257")]
    [InlineData("x")]
    public void The_least_length_is_bounded(string length) => Assert.Equal(2, Cli.Run(s_capture, "-", "--strings", "--strings-min", length).ExitCode);

    [Fact]
    public void Options_are_heeded()
    {
        Assert.DoesNotContain("four", Cli.Run(s_capture, "-", "--strings").Output, StringComparison.Ordinal);
        Assert.Contains("four", Cli.Run(s_capture, "-", "--strings", "--strings-min", "4").Output, StringComparison.Ordinal);
        string matched = Cli.Run(s_capture, "-", "--strings", "--strings-match", "^flag").Output;
        Assert.Contains("flag{here}", matched, StringComparison.Ordinal);
        Assert.DoesNotContain("five words", matched, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--strings-min", "8")]
    [InlineData("--strings-match", "x")]
    public void Options_of_strings_need_the_module(string option, string value) => Assert.Equal(2, Cli.Run(s_capture, "-", "--dns", option, value).ExitCode);
}
