using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Bounds texts that go into a state.</summary>
public static class StateText
{
    private const int HashDigits = 16;

    /// <summary>
    /// Cuts a text at <see cref="Limits.StateText"/> characters; a longer one ends in <c>…</c> and a hash of the whole, so that texts
    /// that differ stay different. Null becomes empty.
    /// </summary>
    public static string Cut(string? text)
    {
        if (text is null || text.Length <= Limits.StateText)
        {
            return text ?? string.Empty;
        }

        int kept = Limits.StateText - HashDigits - 1;
        if (char.IsHighSurrogate(text[kept - 1]))
        {
            kept--;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, kept)}…{StableHash.Of(text):x16}");
    }
}
