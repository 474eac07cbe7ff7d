using Xunit;

namespace Pcapper.Tests;

/// <summary>Texts that captures may hold to trick whoever reads the report.</summary>
public static class NastyTexts
{
    /// <summary>Gets the indexes of the texts: the texts themselves would not survive the test framework's own encoding.</summary>
    public static TheoryData<int> All => [.. Enumerable.Range(0, Texts.Count)];

    /// <summary>Gets the texts.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        string.Empty,
        " ",
        "\u001b[31mred\u001b[0m",
        "\u001b]8;;http://evil.example\u001b\\click\u001b]8;;\u001b\\",
        "\u001b]0;title\u0007",
        "\u001b[2J\u001b[H",
        "\u009b31mC1 CSI",
        "\u009d0;C1 OSC\u009c",
        "a\rb overwritten",
        "a\nb\r\nc",
        "a\tb",
        "a\u0000b",
        "a\u0008\u0008b",
        "\u007fdelete",
        "line\u2028separator\u2029paragraph\u0085next",
        "\u202egnp.exe",
        "\u2066isolate\u2069 \u202aembed\u202c",
        "\u200bzero\u200cwidth\u200djoiner\u2060word\ufeffbom",
        "soft\u00adhyphen \u034f grapheme \u061c alm",
        "\u180e \u115f \u3164 \uffa0 fillers \u2800",
        "v\ufe0f variation \U000e0100",
        "tags \U000e0041\U000e0042\U000e007f",
        "private \ue000 \U000f0000",
        "noncharacter \ufffe \uffff",
        "high \ud800 alone",
        "low \udc00 alone",
        "reversed \udc00\ud800",
        "Z" + new string('\u0301', 5000),
        "\u0301 begins with a mark",
        "| pipe | table |\\|",
        "`code` ``more`` ```fence```",
        "[link](http://evil.example) ![img](x) <http://evil.example>",
        "http://evil.example www.evil.example a@evil.example",
        "<script>alert(1)</script> &lt;b&gt; &amp;",
        "# heading",
        "- item",
        "1. item",
        "---",
        "===",
        "    indented code",
        "$(rm -rf /) `id` ; & && || > < ' \" \\",
        "\" || frame.number == 1 || \"",
        "*bold* _it_ ~~gone~~ $x^2$",
        "漢字かな交じり文 ｆｕｌｌｗｉｄｔｈ 한국어",
        "👩‍👩‍👧‍👦 😀🏳️‍🌈",
        "ﷺ العربية עברית",
        "{\"json\": \"\\u0000\"}",
        "=cmd|' /C calc'!A0",
        new string('x', 1_000_000),
        new string('漢', 100_000),
        string.Concat(Enumerable.Repeat("\u001b[31m", 100_000)),
    ];
}
