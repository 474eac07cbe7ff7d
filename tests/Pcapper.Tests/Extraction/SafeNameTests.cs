using System.Text;
using CsCheck;
using Pcapper.Extraction;
using Xunit;

namespace Pcapper.Tests.Extraction;

/// <summary>Whatever a capture calls a file, it becomes one ordinary name.</summary>
public sealed class SafeNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("Übersicht 2024.docx", "Übersicht 2024.docx")]
    [InlineData("../../x", "x")]
    [InlineData("..\\..\\x", "x")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("C:\\x", "x")]
    [InlineData("C:x", "x")]
    [InlineData("a.txt:stream", "a.txt_stream")]
    [InlineData("..", "unnamed")]
    [InlineData(".", "unnamed")]
    [InlineData("/", "unnamed")]
    [InlineData("", "unnamed")]
    [InlineData(null, "unnamed")]
    [InlineData("...", "unnamed")]
    [InlineData("\0\u0001", "unnamed")]
    [InlineData(".bashrc", "_.bashrc")]
    [InlineData("-rf", "_-rf")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("COM1.", "_COM1")]
    [InlineData("lpt¹.log", "_lpt¹.log")]
    [InlineData("CONIN$", "_CONIN$")]
    [InlineData("com10", "com10")]
    [InlineData("name. . ", "name")]
    [InlineData("  name", "name")]
    [InlineData("exe.\u202Egpj", "exe._gpj")]
    [InlineData("a\u200Bb", "a_b")]
    [InlineData("a\nb\r\tc", "a_b__c")]
    [InlineData("\u001B[31mred", "_[31mred")]
    [InlineData("a\0.exe", "a_.exe")]
    [InlineData("a<b>|c?*\"", "a_b__c___")]
    [InlineData("%2e%2e%2fx", "_2e_2e_2fx")]
    [InlineData("ab", "_ab")]
    [InlineData("7F", "_7F")]
    [InlineData("manifest.NDJSON", "_manifest.NDJSON")]
    public void Names_are_made_safe(string? name, string expected) => Assert.Equal(expected, SafeName.Of(name));

    [Fact]
    public void Long_names_are_cut_and_keep_their_extension()
    {
        string safe = SafeName.Of(new string('ä', 4096) + ".exe");
        Assert.EndsWith("ä.exe", safe, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(safe), 100, 120);
    }

    [Fact]
    public void Any_name_stays_in_its_folder() => Gen.String.Always(name =>
    {
        string safe = SafeName.Of(name);
        return safe.Length > 0 && safe == Path.GetFileName(safe) && !"/\\:\0\n\r\u001B".Any(safe.Contains) && safe is not ("." or "..")
            && safe[0] is not ('.' or '-' or ' ') && safe[^1] is not ('.' or ' ') && Encoding.UTF8.GetByteCount(safe) <= 121;
    });

    [Fact]
    public void A_number_stands_in_front_of_the_extension()
    {
        Assert.Equal("a_2.txt", SafeName.Numbered("a.txt", 2));
        Assert.Equal("a_2", SafeName.Numbered("a", 2));
    }
}
