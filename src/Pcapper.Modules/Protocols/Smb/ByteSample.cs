namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Counts the byte values of the first bytes of some pieces of a file: what is encrypted has all alike.</summary>
internal sealed class ByteSample
{
    /// <summary>How many bytes of a piece are counted.</summary>
    public const int PerPiece = 512;

    // Fewer random bytes do not reach the entropy by which they are told.
    private const int Least = 512;
    private const int Most = 4096;

    private ushort[]? _counts;
    private int _total;

    /// <summary>Gets the entropy in thousandths of a bit for each byte, 0 to 8,000; null if too few bytes were seen.</summary>
    public int? Entropy
    {
        get
        {
            if (_counts is null || _total < Least)
            {
                return null;
            }

            double sum = 0;
            foreach (ushort count in _counts)
            {
                sum += count == 0 ? 0 : count * Math.Log2(count);
            }

            return (int)Math.Round(1000 * (Math.Log2(_total) - (sum / _total)));
        }
    }

    /// <summary>Adds a piece.</summary>
    public void Add(ReadOnlySpan<byte> piece)
    {
        piece = piece[..Math.Min(piece.Length, Math.Min(PerPiece, Most - _total))];
        if (piece.IsEmpty)
        {
            return;
        }

        _counts ??= new ushort[256];
        _total += piece.Length;
        foreach (byte value in piece)
        {
            _counts[value]++;
        }
    }
}
