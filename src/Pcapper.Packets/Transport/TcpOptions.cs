namespace Pcapper.Packets;

/// <summary>The options of a TCP header that matter for analysis (RFC 9293, 3.1; RFC 7323; RFC 2018).</summary>
public readonly record struct TcpOptions
{
    private const byte End = 0;
    private const byte NoOperation = 1;
    private const byte SegmentSize = 2;
    private const byte Scale = 3;
    private const byte SelectivePermitted = 4;
    private const byte Selective = 5;
    private const byte Timestamps = 8;

    /// <summary>Gets the maximum segment size.</summary>
    public ushort? MaximumSegmentSize { get; private init; }

    /// <summary>Gets the shift count for the window.</summary>
    public byte? WindowScale { get; private init; }

    /// <summary>Gets a value indicating whether selective acknowledgments are permitted.</summary>
    public bool SelectiveAcknowledgmentPermitted { get; private init; }

    /// <summary>Gets how many blocks are acknowledged selectively.</summary>
    public int SelectiveAcknowledgments { get; private init; }

    /// <summary>Gets a value indicating whether there are timestamps.</summary>
    public bool HasTimestamps { get; private init; }

    /// <summary>Gets the sender's clock (TSval).</summary>
    public uint TimestampValue { get; private init; }

    /// <summary>Gets the echo of the other side's clock (TSecr).</summary>
    public uint TimestampEcho { get; private init; }

    /// <summary>Gets a value indicating whether the list breaks its rules; what came before is kept.</summary>
    public bool IsMalformed { get; private init; }

    /// <summary>Reads <see cref="Packet.Options"/>.</summary>
    public static TcpOptions Read(ReadOnlySpan<byte> bytes)
    {
        var options = default(TcpOptions);
        var reader = new WireReader(bytes);
        while (TryNext(ref reader, out byte kind, out ReadOnlySpan<byte> value))
        {
            var fields = new WireReader(value);
            options = kind switch
            {
                SegmentSize => options with { MaximumSegmentSize = fields.U16() },
                Scale => options with { WindowScale = fields.U8() },
                SelectivePermitted => options with { SelectiveAcknowledgmentPermitted = true },
                Selective => options with { SelectiveAcknowledgments = value.Length / 8 },
                Timestamps => options with { HasTimestamps = true, TimestampValue = fields.U32(), TimestampEcho = fields.U32() },
                _ => options,
            };
        }

        return options with { IsMalformed = reader.Overrun };
    }

    /// <summary>Reads the shift count for the window alone, of a list that breaks no rule; null without one.</summary>
    public static byte? WindowScaleOf(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        byte? scale = null;
        while (TryNext(ref reader, out byte kind, out ReadOnlySpan<byte> value))
        {
            scale = kind == Scale ? value[0] : scale;
        }

        return scale;
    }

    /// <summary>Tells whether the list breaks its rules.</summary>
    internal static bool AreMalformed(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        while (TryNext(ref reader, out _, out _))
        {
            // Only to get to the end.
        }

        return reader.Overrun;
    }

    // False at the end; a rule broken leaves the reader overrun.
    private static bool TryNext(ref WireReader reader, out byte kind, out ReadOnlySpan<byte> value)
    {
        value = default;
        kind = NoOperation;
        while (kind == NoOperation)
        {
            if (reader.Remaining == 0)
            {
                return false;
            }

            kind = reader.U8();
        }

        if (kind == End)
        {
            return false;
        }

        int length = reader.U8() - 2;
        bool isRight = kind switch
        {
            SegmentSize => length == 2,
            Scale => length == 1,
            SelectivePermitted => length == 0,
            Selective => length > 0 && length % 8 == 0,
            Timestamps => length == 8,
            _ => true,
        };
        value = reader.Take(isRight ? length : -1);
        return !reader.Overrun;
    }
}
