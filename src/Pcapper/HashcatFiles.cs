using System.Globalization;
using System.Text;
using Pcapper.Engine;

namespace Pcapper;

/// <summary>Writes lines for hashcat, a file for each mode: <c>DIR/13100.txt</c>. Files appear when all of them are written whole.</summary>
internal static class HashcatFiles
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes them; each line once, in ordinal order.</summary>
    /// <returns>The names of files of other modes that were there before, of an earlier run: they stay.</returns>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<HashLine> lines)
    {
        var partials = new List<(string Partial, string Path)>();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (IGrouping<int, HashLine> mode in lines.GroupBy(line => line.Mode).OrderBy(group => group.Key))
            {
                string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{mode.Key}.txt"));
                string partial = $"{path}.{Path.GetRandomFileName()}.part";
                using var file = new StreamWriter(new FileStream(partial, FileMode.CreateNew, FileAccess.Write), s_utf8);
                partials.Add((partial, path));
                foreach (string line in mode.Select(line => line.Line).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                {
                    file.Write(line);
                    file.Write('\n');
                }
            }

            partials.ForEach(file => File.Move(file.Partial, file.Path, overwrite: true));
            return
            [
                .. Directory.EnumerateFiles(folder, "*.txt").Except(partials.Select(file => file.Path), StringComparer.Ordinal)
                .Select(path => Path.GetFileName(path)).Where(name => name[..^".txt".Length].All(char.IsAsciiDigit)).Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException($"cannot write hashes to {folder}: {IoReason.Of(e)}", ExitCode.Usage);
        }
        finally
        {
            partials.ForEach(file => File.Delete(file.Partial));
        }
    }
}
