namespace Pcapper;

/// <summary>Writes a file completely or not at all: to a temporary name beside it, renamed when done.</summary>
internal static class ReportFile
{
    /// <summary>Writes it.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = path + ".part";
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }

            throw new PcapperException($"cannot write {path}: {e.Message}", ExitCode.Usage);
        }
    }
}
