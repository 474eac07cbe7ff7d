using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.CommandLine;

/// <summary>The list of destinations whose regular traffic is expected.</summary>
public sealed class AllowTests
{
    [Theory]
    [InlineData("203.0.113.0/24 # our own\nexample.com\n", 0, "")]
    [InlineData("fine.example\nnot fine\n", 3, "line 2 is no address, range or domain: not fine")]
    [InlineData(null, 2, "cannot read the list")]
    public void Lists_are_read_or_refused(string? list, int exitCode, string error)
    {
        string path = Path.Combine(Path.GetTempPath(), $"pcapper-allow-{Environment.ProcessId}-{exitCode}.txt");
        try
        {
            if (list is not null)
            {
                File.WriteAllText(path, list);
            }

            byte[] capture = Capture.New().Tcp("10.0.0.5:50000", "203.0.113.77:80", t => t.Says("x").Closes()).ToPcap();
            (int code, _, string said) = Cli.Run(capture, "-", "--beacon", "--no-status", "--allow", path);
            Assert.Equal(exitCode, code);
            Assert.Contains(error, said, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
