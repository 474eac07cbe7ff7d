namespace Pcapper.Engine;

/// <summary>A line that hashcat reads, to guess the password behind it.</summary>
/// <param name="Mode">hashcat's number of its form.</param>
/// <param name="Line">The line.</param>
public sealed record HashLine(int Mode, string Line);
