using System.Diagnostics;
using System.Globalization;
using Pcapper.Engine;
using Xunit;

namespace Pcapper.Tests.Building;

/// <summary>Wireshark's opinion of display filters; tests are skipped where it is not installed.</summary>
internal static class Tshark
{
    /// <summary>Checks that the filter of each finding selects the frames that it cites.</summary>
    public static void SelectsEvidence(byte[] capture, IEnumerable<Finding> findings)
    {
        string path = Path.GetTempFileName();
        File.WriteAllBytes(path, capture);
        try
        {
            foreach (Finding finding in findings)
            {
                HashSet<long> selected = Select(path, finding.DisplayFilter);
                Assert.All(finding.Evidence, frame => Assert.True(selected.Contains(frame.Number), $"{finding.Type.Id}: {finding.DisplayFilter} does not select {frame}"));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static HashSet<long> Select(string path, string filter)
    {
        var start = new ProcessStartInfo("tshark", ["-r", path, "-Y", filter, "-T", "fields", "-e", "frame.number"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process? tshark = null;
        try
        {
            tshark = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("tshark is not installed");
        }

        using (tshark)
        {
            tshark!.ErrorDataReceived += (_, _) => { };
            tshark.BeginErrorReadLine();
            string[] lines = tshark.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            tshark.WaitForExit();
            Assert.True(tshark.ExitCode == 0, $"tshark refuses {filter}");
            return [.. lines.Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
        }
    }
}
