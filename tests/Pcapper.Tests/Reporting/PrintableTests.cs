using System.Globalization;
using System.Text;
using CsCheck;
using Pcapper.Engine;
using Xunit;

namespace Pcapper.Tests;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain text, 100 %", "plain text, 100 %")]
    [InlineData("Grüße, κόσμε, мир, 世界", "Grüße, κόσμε, мир, 世界")]
    [InlineData("\u001b[31m", "\\x1b[31m")]
    [InlineData("a\r\n\tb", "a\\x0d\\x0a\\x09b")]
    [InlineData("\u009b", "\\x9b")]
    [InlineData("\u00a0", "\\xa0")]
    [InlineData("\u202egnp", "\\u{202E}gnp")]
    [InlineData("\U000e0041", "\\u{E0041}")]
    [InlineData("e\u0301", "e\u0301")]
    [InlineData("\u0301e", "\\u{0301}e")]
    [InlineData("😀", "😀")]
    [InlineData("a\ufffdb\ufffc", "a\\u{FFFD}b\\u{FFFC}")]
    public void What_has_no_glyph_is_escaped(string text, string expected) => Assert.Equal(expected, Printable.From(text));

    [Fact]
    public void A_long_text_ends_in_an_ellipsis_and_is_never_longer_than_asked()
    {
        Assert.Equal("abcd…", Printable.From("abcdefgh", 5));
        Assert.Equal("abcde", Printable.From("abcde", 5));
        Assert.Equal("abc…", Printable.From("abc\u001bde", 5));
        Assert.Equal("ab…", Printable.From("ab😀cd", 4));
        Assert.Equal("ab\\x1b", Printable.From("ab\u001b", 6));
    }

    [Fact]
    public void A_flood_of_marks_is_cut_short() => Assert.Equal("Z\u0301\u0301\u0301\u0301\\u{0301}", Printable.From("Z\u0301\u0301\u0301\u0301\u0301"));

    [Fact]
    public void Any_text_becomes_harmless_bounded_and_stays_as_it_is_the_second_time()
        => Gen.Select(Gen.OneOf(Gen.String, Gen.Int[0, 0xFFFF].Select(c => ((char)c).ToString()).List[0, 40].Select(string.Concat)), Gen.Int[1, 60])
            .Always((text, maximum) =>
            {
                string printable = Printable.From(text, maximum);
                return printable.Length <= maximum && IsHarmless(printable) && Printable.From(printable, maximum) == printable;
            });

    [Theory]
    [MemberData(nameof(NastyTexts.All), MemberType = typeof(NastyTexts))]
    public void Nasty_texts_become_harmless(int index) => Assert.True(IsHarmless(Printable.From(NastyTexts.Texts[index])));

    [Fact]
    public void Half_a_surrogate_pair_is_escaped() => Assert.Equal("a\\u{D800}b\\u{DC00}", Printable.From("a\ud800b\udc00"));

    // Stated here a second time, in another way, so that a slip in Printable is not repeated.
    internal static bool IsHarmless(string text) => text.EnumerateRunes().All(rune => rune.Value is '\n' or ' ' or '\uFFFC' || Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator))
        && !text.Contains('\n') && !text.Contains('\uFFFC') && !text.Contains('\uFFFD');
}
