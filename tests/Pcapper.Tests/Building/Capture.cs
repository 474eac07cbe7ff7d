namespace Pcapper.Tests.Building;

/// <summary>The start of every built capture: <c>Capture.New().Tcp("192.0.2.5:49152", "198.51.100.9:502", t => t.Says(request).Replies(response))</c>.</summary>
public static class Capture
{
    /// <summary>An empty capture of an Ethernet that begins at 2026-01-01T00:00:00Z; frames come a millisecond apart.</summary>
    public static CaptureBuilder New() => new();
}
