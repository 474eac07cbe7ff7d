using System.Text;
using Pcapper.Engine;

namespace Pcapper;

/// <summary>The list of destinations whose regular traffic is expected (<c>--allow</c>).</summary>
internal static class AllowFile
{
    private const int MostBytes = 1024 * 1024;

    /// <summary>Reads the list.</summary>
    /// <exception cref="PcapperException">It cannot be read, is too large, or a line of it is nothing that can be allowed.</exception>
    public static AllowList Read(string path)
    {
        AllowList list = AllowList.Parse(Encoding.UTF8.GetString(ListFile.Read(path, MostBytes)), out string? problem);
        return problem is null ? list : throw new PcapperException($"cannot use the list {path}: {problem}", ExitCode.Input);
    }
}
