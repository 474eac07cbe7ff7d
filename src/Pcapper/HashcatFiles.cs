using System.Globalization;
using System.Text;
using Pcapper.Engine;

namespace Pcapper;

/// <summary>Writes lines for hashcat, a file for each mode: <c>DIR/13100.txt</c>. Files appear when all of them are written whole.</summary>
internal static class HashcatFiles
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes them; each line once, in ordinal order.</summary>
    public static void Write(string folder, IReadOnlyList<HashLine> lines)
    {
        var partials = new List<(string Partial, string Path)>();
        try
        {
            Directory.CreateDirectory(folder);
            foreach (IGrouping<int, HashLine> mode in lines.GroupBy(line => line.Mode).OrderBy(group => group.Key))
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{mode.Key}.txt");
                string partial = Path.Combine(folder, $".{name}.partial");
                partials.Add((partial, Path.Combine(folder, name)));
                File.WriteAllText(partial, string.Concat(mode.Select(line => line.Line).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(line => line + '\n')), s_utf8);
            }

            partials.ForEach(file => File.Move(file.Partial, file.Path, overwrite: true));
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            partials.ForEach(file => File.Delete(file.Partial));
            throw new PcapperException($"cannot write hashes to {folder}: {IoReason.Of(e)}", ExitCode.Usage);
        }
    }
}
