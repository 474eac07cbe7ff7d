using System.Text;

namespace Pcapper.Tests.Building;

/// <summary>Bytes as readable hex.</summary>
public static class Hex
{
    /// <summary>Reads lines of hex; from two spaces on, a line is a comment.</summary>
    public static byte[] Bytes(string text) => [.. text.Split('\n')
        .Select(line => line.Trim().Split("  ", 2)[0])
        .SelectMany(line => Convert.FromHexString(line.Replace(" ", string.Empty, StringComparison.Ordinal)))];

    /// <summary>The bytes of an ASCII text.</summary>
    public static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
