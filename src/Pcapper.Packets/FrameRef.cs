using System.Globalization;

namespace Pcapper.Packets;

/// <summary>Names one frame: the capture's index in this run, and Wireshark's 1-based frame number in it.</summary>
/// <param name="Capture">Index of the capture, from 0.</param>
/// <param name="Number">Frame number, from 1; 0 means "none".</param>
public readonly record struct FrameRef(int Capture, long Number) : IComparable<FrameRef>
{
    /// <inheritdoc/>
    public int CompareTo(FrameRef other) => Capture != other.Capture ? Capture.CompareTo(other.Capture) : Number.CompareTo(other.Number);

    /// <summary>Writes the frame number, with the capture's index in front unless it is the first.</summary>
    public override string ToString() => Capture == 0
        ? Number.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Capture}:{Number}");
}
