namespace Pcapper;

/// <summary>A failure that the user can understand and act on: printed as one line, without a stack trace.</summary>
internal sealed class PcapperException(string message, int exitCode) : Exception(message)
{
    /// <summary>Gets what the process returns.</summary>
    public int ExitCode { get; } = exitCode;
}
