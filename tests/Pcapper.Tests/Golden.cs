using System.Runtime.CompilerServices;
using Xunit;

namespace Pcapper.Tests;

/// <summary>Compares what is made with a committed file. <c>PCAPPER_UPDATE_GOLDEN=1</c> writes the file instead, but never in CI.</summary>
public static class Golden
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../.."));

    /// <summary>Gets a path inside the repository.</summary>
    public static string InRepository(string path) => Path.Combine(s_root, path);

    public static void Matches(string path, byte[] actual)
    {
        string full = InRepository(path);
        if (IsUpdate())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, actual);
            return;
        }

        Assert.True(File.Exists(full), $"{path} is missing: run the tests with PCAPPER_UPDATE_GOLDEN=1 and read what they wrote");
        byte[] expected = File.ReadAllBytes(full);
        if (!expected.AsSpan().SequenceEqual(actual))
        {
            Assert.Equal(System.Text.Encoding.UTF8.GetString(expected), System.Text.Encoding.UTF8.GetString(actual));
            Assert.Fail($"{path} differs");
        }
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    private static bool IsUpdate()
        => Environment.GetEnvironmentVariable("PCAPPER_UPDATE_GOLDEN") == "1" && Environment.GetEnvironmentVariable("CI") is not ("true" or "1");
}
