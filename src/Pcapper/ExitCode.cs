namespace Pcapper;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>There are findings at or above the level of <c>--fail-on</c>.</summary>
    public const int Findings = 1;

    /// <summary>The command line asks for what cannot be done: a bad option, a wrong path, a place that cannot be written to.</summary>
    public const int Usage = 2;

    /// <summary>Some input could not be read, or not to its end.</summary>
    public const int Input = 3;

    /// <summary>A mistake in Pcapper.</summary>
    public const int Internal = 4;

    /// <summary>Stopped by the user.</summary>
    public const int Interrupted = 130;
}
