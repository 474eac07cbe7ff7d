namespace Pcapper.Engine;

/// <summary>How much of the traffic a capture has.</summary>
public enum CaptureQuality
{
    /// <summary>Practically all.</summary>
    Good,

    /// <summary>Some is missing.</summary>
    Fair,

    /// <summary>So much is missing that the absence of something means little.</summary>
    Poor,
}
