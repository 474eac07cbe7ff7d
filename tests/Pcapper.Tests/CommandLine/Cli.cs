using System.Diagnostics;
using System.Globalization;

namespace Pcapper.Tests.CommandLine;

/// <summary>Runs the program as a user does.</summary>
internal static class Cli
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "pcapper.dll");

    public static (int ExitCode, string Output, string Error) Run(params string[] arguments) => Start(null, [], arguments);

    /// <summary>Runs it with so many bytes of heap and no more: it fails where it needs them.</summary>
    public static (int ExitCode, string Output, string Error) Within(long heap, params string[] arguments)
        => RunIn(new() { ["DOTNET_GCHeapHardLimit"] = heap.ToString("x", CultureInfo.InvariantCulture) }, arguments);

    /// <summary>Runs it with more in its environment.</summary>
    public static (int ExitCode, string Output, string Error) RunIn(Dictionary<string, string> environment, params string[] arguments) => Start(null, environment, arguments);

    public static (int ExitCode, string Output, string Error) Run(byte[]? input, params string[] arguments) => Start(input, [], arguments);

    private static (int ExitCode, string Output, string Error) Start(byte[]? input, Dictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(s_program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            process.StandardInput.BaseStream.Write(input);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }
}
