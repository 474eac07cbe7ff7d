using System.Buffers.Binary;
using System.Globalization;

namespace Pcapper.Packets;

/// <summary>Reads the classic pcap format (draft-ietf-opsawg-pcap): both byte orders, micro- and nanoseconds, and the "modified" variant.</summary>
internal sealed class PcapReader : FrameSource
{
    private const uint Microseconds = 0xA1B2_C3D4;
    private const uint Nanoseconds = 0xA1B2_3C4D;
    private const uint Modified = 0xA1B2_CD34;
    private const int FileHeader = 24;
    private const int RecordHeader = 16;
    private const int ModifiedRecordHeader = 24;   // interface index, protocol, packet type and a pad byte follow the lengths

    private readonly bool _big;
    private readonly long _nanosecondsPerUnit;
    private readonly int _recordHeader;
    private readonly uint _longest;
    private readonly LinkType _linkType;
    private bool _stopped;

    private PcapReader(InputBuffer input, int capture, bool big, uint magic, uint snapLength, uint linkType)
        : base(input, capture, magic switch { Nanoseconds => "pcap (nanoseconds)", Modified => "pcap (modified)", _ => "pcap" })
    {
        _big = big;
        _nanosecondsPerUnit = magic == Nanoseconds ? 1 : 1000;
        _recordHeader = magic == Modified ? ModifiedRecordHeader : RecordHeader;
        _longest = Math.Max(Limits.Frame, Math.Min(snapLength, Limits.LargeFrame));
        _linkType = (LinkType)(ushort)linkType;   // the upper bits tell of the frame check sequence
        Info.Interfaces.Add(new CaptureInterface { Index = 0, LinkType = _linkType, SnapLength = snapLength });
    }

    /// <summary>Tells whether a file that begins with these four bytes is of this format.</summary>
    public static bool IsMagic(uint magic)
        => magic is Microseconds or Nanoseconds or Modified
        || BinaryPrimitives.ReverseEndianness(magic) is Microseconds or Nanoseconds or Modified;

    /// <summary>Reads the file header; null if it is not whole.</summary>
    public static PcapReader? TryOpen(InputBuffer input, int capture)
    {
        if (!input.Has(FileHeader))
        {
            return null;
        }

        ReadOnlySpan<byte> header = input.Peek(FileHeader);
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        bool big = magic is Microseconds or Nanoseconds or Modified;
        uint snapLength = U32(header[16..], big);
        uint linkType = U32(header[20..], big);
        input.Advance(FileHeader);
        return new PcapReader(input, capture, big, big ? magic : BinaryPrimitives.ReverseEndianness(magic), snapLength, linkType);
    }

    /// <inheritdoc/>
    public override bool TryRead(ref Frame frame)
    {
        if (_stopped)
        {
            return false;
        }

        int headerLength = _recordHeader;
        if (!Input.Has(headerLength))
        {
            return End();
        }

        ReadOnlySpan<byte> header = Input.Peek(headerLength);
        uint seconds = U32(header, _big);
        uint fraction = U32(header[4..], _big);
        uint captured = U32(header[8..], _big);
        uint original = U32(header[12..], _big);
        if (captured > _longest)
        {
            _stopped = true;
            return Stop(string.Create(CultureInfo.InvariantCulture,
                $"frame {NextNumber} (at byte {Position}) claims {captured} captured bytes, more than a frame can have; reading stopped there"));
        }

        int length = (int)captured;
        if (!Input.Has(headerLength + length))
        {
            return End();
        }

        frame.Bytes = Input.Peek(headerLength + length)[headerLength..];
        frame.Ref = Next();
        frame.Time = Timestamp.FromSeconds(seconds, fraction * _nanosecondsPerUnit);
        frame.LinkType = _linkType;
        frame.Interface = 0;
        frame.OriginalLength = (int)Math.Min(Math.Max(original, captured), int.MaxValue);
        Input.Advance(headerLength + length);
        return true;
    }

    private static uint U32(ReadOnlySpan<byte> bytes, bool big)
        => big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
