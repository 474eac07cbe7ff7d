using System.Runtime.CompilerServices;

namespace Pcapper.Engine;

/// <summary>Zeek's history of a flow: a letter the first time something happens, upper case for the originator; c, g, t and w again at each power of ten.</summary>
internal struct HistoryLetters
{
    private Letters _letters;
    private byte _count;
    private ulong _seen;

    /// <summary>Notes an event that is shown once per direction.</summary>
    public void Once(char letter, Direction direction)
    {
        ulong bit = 1ul << ((letter & 31) + (direction == Direction.ToResponder ? 32 : 0));
        if ((_seen & bit) == 0)
        {
            _seen |= bit;
            Append(letter, direction);
        }
    }

    /// <summary>Notes an event of which there have now been <paramref name="total"/>; shown at 1, 10, 100 and so on.</summary>
    public void Logarithmic(char letter, Direction direction, long total)
    {
        if (total is 1 or 10 or 100 or 1_000 or 10_000 or 100_000 or 1_000_000)
        {
            Append(letter, direction);
        }
    }

    /// <summary>Notes that the direction of the flow was turned round.</summary>
    public void Flipped() => Append('^', Direction.ToOriginator);

    /// <summary>Writes the letters in the order of the events.</summary>
    public override readonly string ToString()
    {
        Span<char> text = stackalloc char[_count];
        for (int i = 0; i < _count; i++)
        {
            text[i] = (char)_letters[i];
        }

        return new string(text);
    }

    private void Append(char letter, Direction direction)
    {
        if (_count < Letters.Capacity)
        {
            _letters[_count++] = (byte)(direction == Direction.ToResponder ? char.ToUpperInvariant(letter) : letter);
        }
    }

    [InlineArray(Capacity)]
    private struct Letters
    {
        public const int Capacity = 31;
        private byte _first;
    }
}
