using Pcapper.Engine;

namespace Pcapper;

/// <summary>Reads lists of the user, up to a bound, whatever kind of file they are in.</summary>
internal static class ListFile
{
    private const int PieceSize = 64 * 1024;

    /// <summary>Reads a whole list.</summary>
    /// <param name="path">The file; a pipe will do.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <exception cref="PcapperException">It cannot be read, or is larger.</exception>
    public static byte[] Read(string path, int most)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read);
            using var bytes = new MemoryStream();
            byte[] buffer = new byte[PieceSize];
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length > most)
                {
                    throw new PcapperException($"cannot use the list {path}: it is larger than {Units.Bytes(most)}", ExitCode.Input);
                }
            }

            return bytes.ToArray();
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException($"cannot read the list {path}: {IoReason.Of(e, path)}", ExitCode.Usage);
        }
    }
}
