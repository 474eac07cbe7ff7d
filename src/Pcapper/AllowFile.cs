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
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read);
            byte[] bytes = new byte[MostBytes + 1];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MostBytes)
            {
                throw new PcapperException($"cannot use the list {path}: it is larger than {Units.Bytes(MostBytes)}", ExitCode.Input);
            }

            AllowList list = AllowList.Parse(Encoding.UTF8.GetString(bytes, 0, length), out string? problem);
            return problem is null ? list : throw new PcapperException($"cannot use the list {path}: {problem}", ExitCode.Input);
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException($"cannot read the list {path}: {IoReason.Of(e, path)}", ExitCode.Usage);
        }
    }
}
