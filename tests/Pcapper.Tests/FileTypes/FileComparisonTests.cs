using Pcapper.Modules.FileTypes;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.FileTypes;

public sealed class FileComparisonTests
{
    [Theory]
    [InlineData("a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "zip")]
    [InlineData("a.jar", "application/java-archive", "jar")]
    [InlineData("a.jar", "application/octet-stream", "jar")]
    [InlineData("a.apk", "application/vnd.android.package-archive", "zip")]
    [InlineData("a.jpg", "image/jpg", "jpg")]
    [InlineData("a.jpeg", "image/jpeg", "jpg")]
    [InlineData("a.css", "text/css", "gzip")]
    [InlineData("a.bin", "application/octet-stream", "jpg")]
    [InlineData("a.csv", "text/csv", "text")]
    [InlineData("a.js", "application/javascript", "text")]
    [InlineData("a", null, "pe")]
    [InlineData("a.exe", "text/plain", "pe")]
    [InlineData("a.exe", "application/octet-stream", "pe")]
    [InlineData("a.bin", null, "elf")]
    [InlineData("a.sh", "text/plain", "shell")]
    [InlineData("a.txt", "text/plain", "shell")]
    [InlineData("a.webp", "image/jpeg", "jpg")]
    public void What_is_ordinary_agrees(string name, string? declared, string content) => Assert.Equal(FileVerdict.Agrees, Verdict(name, declared, content));

    [Theory]
    [InlineData("a.jpg", null, "pe")]
    [InlineData("a.pdf", "application/octet-stream", "pe")]
    [InlineData("a", "image/png", "pe")]
    [InlineData("a.txt", null, "elf")]
    [InlineData("a.jpg", null, "shell")]
    [InlineData("a.pdf", null, "lnk")]
    public void What_runs_and_poses_as_something_to_look_at_is_disguised(string name, string? declared, string content) => Assert.Equal(FileVerdict.Disguised, Verdict(name, declared, content));

    [Fact]
    public void What_only_differs_is_no_disguise()
    {
        Assert.Equal(FileVerdict.Differs, Verdict("a.jpg", "image/jpeg", "text"));
        Assert.Equal(FileVerdict.Differs, Verdict("a.pdf", "application/pdf", "jpg"));
        Assert.Equal(FileVerdict.CalledText, Verdict("a", "text/plain", "pe"));
    }

    [Theory]
    [InlineData("invoice.pdf.exe", true, false)]
    [InlineData("/x/invoice.pdf%20%20%20%20%20%20.exe", true, false)]
    [InlineData("invoice\u202Efdp.exe", true, false)]
    [InlineData("invoice\u202Efdp.scr", false, false)]
    public void Misleading_names_are_told(string name, bool isRun, bool isShortcut) => Assert.NotNull(FileNames.Trick(name, isRun, isShortcut));

    [Theory]
    [InlineData("setup.exe", true, false)]
    [InlineData("report.docx.lnk", true, true)]
    [InlineData("jquery.min.js", false, false)]
    [InlineData("invoice.pdf.exe", false, false)]
    [InlineData("v1.2.exe", true, false)]
    [InlineData("my setup.exe", true, false)]
    [InlineData(null, true, false)]
    [InlineData("%", true, false)]
    public void Ordinary_names_are_not(string? name, bool isRun, bool isShortcut) => Assert.Null(FileNames.Trick(name, isRun, isShortcut));

    private static FileVerdict Verdict(string name, string? declared, string content) => FileComparison.Compare(name, declared, FileSniffer.Sniff(content switch
    {
        "pe" => Heads.Pe(),
        "elf" => Heads.Elf(),
        "zip" => Heads.Zip(0, ("a", "b")),
        "jar" => Heads.Zip(0, ("META-INF/MANIFEST.MF", "b")),
        "jpg" => Hex.Bytes("FF D8 FF E0 00 10"),
        "gzip" => Hex.Bytes("1F 8B 08 00 00 00 00 00"),
        "shell" => Hex.Text("#!/bin/sh\necho"),
        "lnk" => Hex.Bytes("4C 00 00 00 01 14 02 00 00 00 00 00 C0 00 00 00 00 00 00 46"),
        _ => Hex.Text("some text"),
    }));
}
