namespace Pcapper.Modules.Protocols.Lines;

/// <summary>What a text protocol makes of a line.</summary>
internal enum LineOutcome
{
    /// <summary>Go on with the next line.</summary>
    Next,

    /// <summary>No more lines are wanted, of neither direction.</summary>
    Finished,

    /// <summary>The next bytes of both directions are TLS.</summary>
    Tls,
}
