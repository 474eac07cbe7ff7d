using System.Buffers.Binary;
using System.Globalization;

namespace Pcapper.Packets;

/// <summary>Reads snoop captures (RFC 1761).</summary>
internal sealed class SnoopReader : FrameSource
{
    /// <summary>The first four bytes, "snoo"; "p" and three zeros follow.</summary>
    public const uint Magic = 0x736E_6F6F;

    private const uint MagicRest = 0x7000_0000;
    private const int FileHeader = 16;
    private const int RecordHeader = 24;
    private const uint Version = 2;

    private readonly LinkType _linkType;
    private bool _stopped;

    private SnoopReader(InputBuffer input, int capture, uint linkType)
        : base(input, capture, "snoop")
    {
        _linkType = Map(linkType);
        Info.Interfaces.Add(new CaptureInterface { Index = 0, LinkType = _linkType, SnapLength = 0 });
    }

    /// <summary>Reads the file header; null if it is not whole, or of another version.</summary>
    public static SnoopReader? TryOpen(InputBuffer input, int capture)
    {
        if (!input.Has(FileHeader))
        {
            return null;
        }

        var header = new WireReader(input.Peek(FileHeader));
        header.U32();
        uint rest = header.U32();
        uint version = header.U32();
        uint linkType = header.U32();
        if (rest != MagicRest || version != Version)
        {
            return null;
        }

        input.Advance(FileHeader);
        return new SnoopReader(input, capture, linkType);
    }

    /// <inheritdoc/>
    public override bool TryRead(ref Frame frame)
    {
        if (_stopped)
        {
            return false;
        }

        if (!Input.Has(RecordHeader))
        {
            return End();
        }

        ReadOnlySpan<byte> header = Input.Peek(RecordHeader);
        uint original = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint captured = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        uint record = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        uint dropped = BinaryPrimitives.ReadUInt32BigEndian(header[12..]);
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(header[16..]);
        uint microseconds = BinaryPrimitives.ReadUInt32BigEndian(header[20..]);
        if (captured > Limits.Frame || record < RecordHeader + captured || record > Limits.LargeFrame)
        {
            _stopped = true;
            return Stop(string.Create(CultureInfo.InvariantCulture,
                $"the lengths of frame {NextNumber} (at byte {Position}) contradict each other; reading stopped there"));
        }

        // The padding after the last frame may be missing.
        int length = RecordHeader + (int)captured;
        if (!Input.Has(length))
        {
            return End();
        }

        bool padded = Input.Has((int)record);
        frame.Bytes = Input.Peek(length)[RecordHeader..];
        frame.Ref = Next();
        frame.Time = Timestamp.FromSeconds(seconds, microseconds * 1000L);
        frame.LinkType = _linkType;
        frame.Interface = 0;
        frame.OriginalLength = (int)Math.Min(Math.Max(original, captured), int.MaxValue);
        Info.Interfaces[0].Dropped = dropped;
        Input.Advance(padded ? (int)record : Input.Available);
        return true;
    }

    // RFC 1761, "Datalink Type"; the numbers of the result are those of pcap.
    private static LinkType Map(uint linkType) => linkType switch
    {
        0 or 4 => LinkType.Ethernet,
        2 => LinkType.TokenRing,
        8 => LinkType.Fddi,
        _ => LinkType.Unknown,
    };
}
