using System.Globalization;

namespace Pcapper.Packets;

/// <summary>Names one frame: the capture's index in this run, and Wireshark's 1-based frame number in it. Held in eight bytes, because states keep very many.</summary>
public readonly record struct FrameRef : IComparable<FrameRef>
{
    private const int NumberBits = 44;
    private const ulong NumberMask = (1ul << NumberBits) - 1;

    private readonly ulong _value;

    /// <summary>Initializes a new instance of the <see cref="FrameRef"/> struct. Captures beyond 2^20 and frames beyond 2^44 are counted as the last one that fits.</summary>
    /// <param name="capture">Index of the capture, from 0.</param>
    /// <param name="number">Frame number, from 1; 0 means "none".</param>
    public FrameRef(int capture, long number)
    {
        ulong first = Math.Min((uint)capture, (1u << (64 - NumberBits)) - 1);
        _value = (first << NumberBits) | Math.Min((ulong)number, NumberMask);
    }

    /// <summary>Gets the index of the capture, from 0.</summary>
    public int Capture => (int)(_value >> NumberBits);

    /// <summary>Gets the frame number, from 1; 0 means "none".</summary>
    public long Number => (long)(_value & NumberMask);

    /// <inheritdoc/>
    public int CompareTo(FrameRef other) => _value.CompareTo(other._value);

    /// <summary>Writes the frame number, behind the capture's number from 1 unless it is the first: <c>12</c>, <c>2:12</c>.</summary>
    public override string ToString() => Capture == 0
        ? Number.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Capture + 1}:{Number}");
}
