namespace Pcapper.Extraction;

/// <summary>
/// Writes files in which stretches of zeros take no room on the disk, where the file system can: a few bytes at the end of a file that was not
/// seen must not fill it.
/// </summary>
internal static class HoledFile
{
    /// <summary>How many bytes are looked at at a time.</summary>
    public const int PieceSize = 64 * 1024;

    /// <summary>Writes the next bytes.</summary>
    public static void Write(FileStream file, ReadOnlySpan<byte> piece)
    {
        if (piece.ContainsAnyExcept((byte)0))
        {
            file.Write(piece);
        }
        else
        {
            file.Seek(piece.Length, SeekOrigin.Current);
        }
    }

    /// <summary>Ends the file where its bytes end, zeros or not.</summary>
    public static void End(FileStream file) => file.SetLength(file.Position);

    /// <summary>Copies a file.</summary>
    public static void Copy(FileStream from, FileStream to)
    {
        var buffer = new byte[PieceSize];
        for (int read; (read = from.ReadAtLeast(buffer, PieceSize, throwOnEndOfStream: false)) > 0;)
        {
            Write(to, buffer.AsSpan(0, read));
        }

        End(to);
    }
}
