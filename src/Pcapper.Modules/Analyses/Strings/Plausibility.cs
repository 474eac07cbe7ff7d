using System.Buffers;
using System.Numerics;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>
/// Tells text from bytes that happen to be characters. Of random bytes, a run of six or more begins every 600; what makes text is that
/// its letters form words (letters that follow each other in English, of one case, with a vowel), that it is a line of its own, or that
/// it is long and varied.
/// </summary>
internal static class Plausibility
{
    // What a text begins with tells enough.
    private const int Judged = 256;

    private const int ShortText = 12;
    private const int LongText = 20;
    private const int LeastWord = 4;
    private const int LeastForeignWord = 3;

    // In percent of the characters that are no spaces: of a short text words are nearly all, of a longer one much.
    private const int WordsOfShort = 70;
    private const int WordsOfMedium = 45;
    private const int WordsOfLong = 20;
    private const int LeastUsual = 50;

    private static readonly SearchValues<char> s_numbers = SearchValues.Create("0123456789.:-/ ");
    private static readonly SearchValues<char> s_coded = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/=-_");

    // A row for each letter: the letters that follow it in 97 of 100 pairs of English and of names in programs.
    private static readonly uint[] s_follow = Learn(
        "bcdfgiklmnprstuvwyz", "aeijlorsu", "acdehiklmoprstuy", "acdegilmnoprstuy", "abcdefgilmnopqrstvwxyz", "aefilorstu", "aeghilmnorsu", "aeimortu", "abcdefgklmnoprstvxz",
        "aeou", "aeilnos", "adefilmostuvy", "abdeilmopsu", "acdefgiklnopstuvy", "abcdefgiklmnoprstuvwx", "acdehiloprstu", "u", "abcdefgiklmnoprstuvy", "acdefhiklmnopqrstuvwy",
        "acdefhilmoprstuwy", "abcdefgilmnprst", "aeio", "aehinors", "ceiopt", "enopst", "aeioz");

    /// <summary>Judges a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isLine">Whether it is a line of its own: random bytes have a line's end before and behind a run in one of 3,000 cases.</param>
    public static bool IsText(ReadOnlySpan<char> text, bool isLine)
    {
        text = text[..Math.Min(text.Length, Judged)];
        int usual = 0;
        int spaces = 0;
        int steps = 0;
        ulong seen = 0;
        char before = '\0';
        foreach (char c in text)
        {
            spaces += c is ' ' or '\t' ? 1 : 0;
            usual += char.IsAsciiLetterOrDigit(c) || c is ' ' or >= '\u0080' ? 1 : 0;
            steps += c - before is 0 or 1 ? 1 : 0;
            seen |= 1ul << (c & 63);
            before = c;
        }

        int distinct = BitOperations.PopCount(seen);
        if (distinct < Math.Min(6, text.Length / 2) || steps * 2 > text.Length || usual * 100 < text.Length * LeastUsual)
        {
            // Fillings, tables that count up, and drawings.
            return false;
        }

        if (isLine)
        {
            return true;
        }

        int inWords = Words(text) * 100 / Math.Max(1, text.Length - spaces);
        return inWords >= (text.Length < ShortText ? WordsOfShort : text.Length < LongText ? WordsOfMedium : WordsOfLong) || IsNumbers(text) || IsCoded(text);
    }

    // Base64 and hexadecimal digits: letters alone may be machine code, of which many instructions are letters.
    private static bool IsCoded(ReadOnlySpan<char> text) => text.Length >= LongText && !text.ContainsAnyExcept(s_coded) && text.ContainsAnyInRange('0', '9');

    // Dates, times, addresses and versions.
    private static bool IsNumbers(ReadOnlySpan<char> text)
        => text.Length >= 8 && !text.ContainsAnyExcept(s_numbers) && text.IndexOfAnyInRange('0', '9') >= 0;

    // How many characters are in words.
    private static int Words(ReadOnlySpan<char> text)
    {
        int sum = 0;
        int at = 0;
        while (at < text.Length)
        {
            int length = Word(text[at..], out bool isWord);
            sum += isWord ? length : 0;
            at += Math.Max(1, length);
        }

        return sum;
    }

    private static int Word(ReadOnlySpan<char> text, out bool isWord)
    {
        int length = 0;
        if (char.IsAsciiLetter(text[0]))
        {
            // "word", "Word" or "WORD"; a word in another case begins another.
            bool isUpper = text.Length > 1 && char.IsAsciiLetterUpper(text[0]) && char.IsAsciiLetterUpper(text[1]);
            length = 1;
            while (length < text.Length && ((isUpper ? char.IsAsciiLetterUpper(text[length]) : char.IsAsciiLetterLower(text[length])) || IsAccented(text[length])))
            {
                length++;
            }

            isWord = length >= LeastWord && IsSpoken(text[..length]);
            return length;
        }

        while (length < text.Length && IsForeign(text[length]))
        {
            length++;
        }

        isWord = length >= LeastForeignWord;
        return length;
    }

    private static bool IsAccented(char c) => c is >= '\u00C0' and < '\u0250' && char.IsLetter(c);

    // Letters of other alphabets: that bytes are letters in UTF-8 is no accident.
    private static bool IsForeign(char c) => c >= '\u0080' && char.IsLetter(c);

    // A longer word may have an unusual pair: other languages have others, and words are put together.
    private static bool IsSpoken(ReadOnlySpan<char> word)
    {
        const int LettersForOne = 7;
        int unusual = 0;
        bool hasVowel = false;
        int before = -1;
        foreach (char c in word)
        {
            int letter = char.IsAsciiLetter(c) ? (c | 0x20) - 'a' : -1;
            unusual += before >= 0 && letter >= 0 && (s_follow[before] & (1u << letter)) == 0 ? 1 : 0;
            hasVowel |= letter < 0 || "aeiouy".Contains((char)(letter + 'a'));
            before = letter;
        }

        return hasVowel && unusual <= word.Length / LettersForOne;
    }

    private static uint[] Learn(params ReadOnlySpan<string> rows)
    {
        var follow = new uint[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            foreach (char c in rows[i])
            {
                follow[i] |= 1u << (c - 'a');
            }
        }

        return follow;
    }
}
