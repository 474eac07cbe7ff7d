namespace Pcapper.Packets;

/// <summary>What a pcapng interface needs to turn its timestamps into ours (if_tsresol, if_tsoffset).</summary>
internal readonly struct PcapngInterface
{
    private readonly ulong _nanosecondsPerUnit;
    private readonly UInt128 _unitsPerSecond;
    private readonly long _offset;

    /// <summary>Takes the options as they are in the file.</summary>
    /// <param name="index">Index among all interfaces of the file.</param>
    /// <param name="linkType">What its frames begin with.</param>
    /// <param name="snapLength">Bytes captured of a frame, 0 for all.</param>
    /// <param name="resolution">if_tsresol: a negative power of ten, or of two if the highest bit is set.</param>
    /// <param name="offsetSeconds">if_tsoffset.</param>
    public PcapngInterface(int index, LinkType linkType, uint snapLength, byte resolution, long offsetSeconds)
    {
        Index = index;
        LinkType = linkType;
        SnapLength = snapLength;
        _offset = unchecked(offsetSeconds * Timestamp.PerSecond);
        int exponent = resolution & 0x7F;
        if ((resolution & 0x80) != 0)
        {
            _unitsPerSecond = UInt128.One << exponent;
        }
        else if (exponent <= 9)
        {
            _nanosecondsPerUnit = (ulong)Power(10, 9 - exponent);
        }
        else
        {
            // 10^38 is the largest that fits; with finer units than that all times are 0 anyway.
            _unitsPerSecond = Power(10, Math.Min(exponent, 38));
        }
    }

    /// <summary>Gets the index among all interfaces of the file.</summary>
    public int Index { get; }

    /// <summary>Gets what its frames begin with.</summary>
    public LinkType LinkType { get; }

    /// <summary>Gets how many bytes are captured of a frame, 0 for all.</summary>
    public uint SnapLength { get; }

    /// <summary>Converts a count of units since 1970.</summary>
    public Timestamp Time(uint high, uint low)
    {
        ulong units = ((ulong)high << 32) | low;
        ulong nanoseconds = _nanosecondsPerUnit != 0
            ? unchecked(units * _nanosecondsPerUnit)
            : (ulong)((UInt128)units * Timestamp.PerSecond / _unitsPerSecond);
        return new Timestamp(unchecked((long)nanoseconds + _offset));
    }

    private static UInt128 Power(uint number, int exponent)
    {
        UInt128 power = UInt128.One;
        for (int i = 0; i < exponent; i++)
        {
            power *= number;
        }

        return power;
    }
}
