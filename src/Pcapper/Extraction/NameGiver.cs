namespace Pcapper.Extraction;

/// <summary>
/// Gives the files in a folder names beside their contents. They are copies: hard links do not exist on every file system, and what is done to one
/// would be done to the content under its hash too. What has the name already stays, unless it is the same.
/// </summary>
internal sealed class NameGiver(string folder)
{
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names them, in order.</summary>
    public void Name(IEnumerable<ExtractedFile> files)
    {
        foreach (ExtractedFile file in files)
        {
            string safe = SafeName.Of(file.File.Name);
            string name = safe;
            while (!TryTake(name, file))
            {
                int number = _numbers.GetValueOrDefault(safe, 1) + 1;
                _numbers[safe] = number;
                name = SafeName.Numbered(safe, number);
            }

            file.SafeName = name;
        }
    }

    private bool TryTake(string name, ExtractedFile file)
    {
        if (!_taken.Add(name))
        {
            return false;
        }

        string path = Path.Combine(folder, name);
        if (Path.Exists(path))
        {
            return File.Exists(path) && new FileInfo(path) is { LinkTarget: null } known && known.Length == file.Size && FileHash.Of(path) == file.Sha256;
        }

        using var from = new FileStream(Path.Combine(folder, file.ContentPath), FileMode.Open, FileAccess.Read);
        using var to = new FileStream(path, NewFile.Options);
        HoledFile.Copy(from, to);
        return true;
    }
}
