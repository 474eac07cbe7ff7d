using ICSharpCode.SharpZipLib.Zip;
using Pcapper.Packets;

namespace Pcapper.Extraction;

/// <summary>Packs extracted files into one archive that nothing opens by accident: AES-256, with the password that samples are handed on with.</summary>
internal static class InfectedZip
{
    /// <summary>The password.</summary>
    public const string Password = "infected";

    private const int KeyBits = 256;

    /// <summary>Writes it, beside its place first.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="files">The files.</param>
    public static void Write(string path, string folder, IReadOnlyCollection<ExtractedFile> files)
    {
        string partial = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            using (var zip = new ZipOutputStream(new FileStream(partial, NewFile.Options)) { Password = Password })
            {
                foreach (ExtractedFile file in files)
                {
                    Add(zip, file.SafeName, Path.Combine(folder, file.ContentPath), Date(file.File.Time));
                }

                if (files.Count > 0)
                {
                    Add(zip, Manifest.FileName, Path.Combine(folder, Manifest.FileName), Date(files.First().File.Time));
                }
            }

            File.Move(partial, path);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    // Archives know no time before 1980, nor any after 2107.
    private static DateTime Date(Timestamp time)
        => new(Math.Clamp(DateTime.UnixEpoch.Ticks + (time.Nanoseconds / 100), new DateTime(1980, 1, 1).Ticks, new DateTime(2107, 1, 1).Ticks), DateTimeKind.Utc);

    private static void Add(ZipOutputStream zip, string name, string path, DateTime time)
    {
        zip.PutNextEntry(new ZipEntry(name) { AESKeySize = KeyBits, DateTime = time, IsUnicodeText = true });
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read))
        {
            file.CopyTo(zip);
        }

        zip.CloseEntry();
    }
}
