using System.Buffers.Binary;
using System.Globalization;

namespace Pcapper.Packets;

/// <summary>Reads pcapng (draft-ietf-opsawg-pcapng): all sections, their interfaces, and the blocks in both byte orders.</summary>
internal sealed class PcapngReader : FrameSource
{
    /// <summary>Block type of a section header, the same in both byte orders; a file begins with it.</summary>
    public const uint SectionHeader = 0x0A0D_0D0A;

    private const uint ByteOrderMagic = 0x1A2B_3C4D;
    private const int BlockHeader = 8;
    private const int SmallestBlock = 12;
    private const int SmallestSectionHeader = 28;
    private const int SearchLength = 1024 * 1024;

    private readonly PcapngNotes _notes;
    private readonly List<PcapngInterface> _interfaces = [];   // of this section
    private bool _big;
    private bool _stopped;
    private int _resynchronizations;
    private Timestamp _lastTime;

    private PcapngReader(InputBuffer input, int capture)
        : base(input, capture, "pcapng")
    {
        _notes = new PcapngNotes(Info);
        Info.Sections = 0;
    }

    private enum BlockType : uint
    {
        InterfaceDescription = 1,
        Packet = 2,
        SimplePacket = 3,
        NameResolution = 4,
        InterfaceStatistics = 5,
        EnhancedPacket = 6,
        SystemdJournal = 9,
        DecryptionSecrets = 10,
        Custom = 0x0BAD,
        CustomNotCopied = 0x4000_0BAD,
        SectionHeader = PcapngReader.SectionHeader,
    }

    /// <summary>Checks that a section header begins the file; null if none does.</summary>
    public static PcapngReader? TryOpen(InputBuffer input, int capture)
    {
        const int MagicEnd = 12;
        return input.Has(MagicEnd) && TryByteOrder(input.Peek(MagicEnd), out _) ? new PcapngReader(input, capture) : null;
    }

    /// <inheritdoc/>
    public override bool TryRead(ref Frame frame)
    {
        while (!_stopped)
        {
            if (!Input.Has(SmallestBlock))
            {
                _stopped = true;
                return End();
            }

            ReadOnlySpan<byte> header = Input.Peek(SmallestBlock);
            var type = (BlockType)U32(header);
            if (type == BlockType.SectionHeader && TryByteOrder(header, out bool big))
            {
                _big = big;
            }

            uint length = U32(header[4..]);
            bool possible = length is >= SmallestBlock and <= Limits.LargeFrame && (length & 3) == 0;
            if (possible && !Input.Has((int)length))
            {
                if (IsKnown(type) || !Resynchronize(type))
                {
                    _stopped = true;
                    return End();
                }

                continue;
            }

            if (!possible || U32(Input.Peek((int)length)[^4..]) != length)
            {
                _stopped = !Resynchronize(type);
                continue;
            }

            // The body stays where it is until the next Has.
            ReadOnlySpan<byte> body = Input.Peek((int)length)[BlockHeader..^4];
            long at = Position;
            Input.Advance((int)length);
            if (TryBlock(type, body, at, ref frame))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsKnown(BlockType type) => type
        is BlockType.InterfaceDescription or BlockType.Packet or BlockType.SimplePacket or BlockType.NameResolution
        or BlockType.InterfaceStatistics or BlockType.EnhancedPacket or BlockType.DecryptionSecrets
        or BlockType.SystemdJournal or BlockType.Custom or BlockType.CustomNotCopied or BlockType.SectionHeader;

    private static bool TryByteOrder(ReadOnlySpan<byte> block, out bool big)
    {
        uint magic = BinaryPrimitives.ReadUInt32BigEndian(block[BlockHeader..]);
        big = magic == ByteOrderMagic;
        return big || magic == BinaryPrimitives.ReverseEndianness(ByteOrderMagic);
    }

    private bool TryBlock(BlockType type, ReadOnlySpan<byte> body, long at, ref Frame frame)
    {
        var block = new PcapngOptions(body, _big);
        switch (type)
        {
            case BlockType.EnhancedPacket:
                return TryEnhancedPacket(body, at, ref frame);
            case BlockType.Packet:
                return TryPacket(block, at, ref frame);
            case BlockType.SimplePacket:
                return TrySimplePacket(block, at, ref frame);
            case BlockType.SectionHeader:
                StartSection(block, at);
                break;
            case BlockType.InterfaceDescription when body.Length < 8:
                Info.Problem ??= Damaged(at, "is too short");
                break;
            case BlockType.InterfaceDescription when Info.Interfaces.Count == Limits.Interfaces:
                Info.Problem ??= string.Create(CultureInfo.InvariantCulture, $"more than {Limits.Interfaces} interfaces; frames of the others are left out");
                break;
            case BlockType.InterfaceDescription:
                _interfaces.Add(_notes.Interface(block, _big));
                break;
            case BlockType.NameResolution:
                _notes.Names(block);
                break;
            case BlockType.InterfaceStatistics:
                uint index = block.U32();
                if (index < _interfaces.Count)
                {
                    _notes.Statistics(_interfaces[(int)index].Index, block, _big);
                }

                break;
            case BlockType.DecryptionSecrets:
                _notes.Secrets(block);
                break;
            case BlockType.Custom or BlockType.CustomNotCopied:
                SkipNumber();
                break;
            case BlockType.SystemdJournal:
                SkipNumber();
                Info.UnknownBlocks++;
                break;
            default:
                Info.UnknownBlocks++;
                break;
        }

        return false;
    }

    private void StartSection(PcapngOptions block, long at)
    {
        block.U32();
        ushort major = block.U16();
        if (major != 1 || block.Remaining < SmallestSectionHeader - SmallestBlock - 6)
        {
            _stopped = true;
            Stop(string.Create(CultureInfo.InvariantCulture, $"the section at byte {at} is of an unknown version ({major}); reading stopped there"));
            return;
        }

        block.U16();
        block.U64();   // section length: not needed, and often not known
        _interfaces.Clear();
        Info.Sections++;
        _notes.Section(block);
    }

    private bool TryEnhancedPacket(ReadOnlySpan<byte> body, long at, ref Frame frame)
    {
        const int Fixed = 20;
        if (body.Length < Fixed)
        {
            Info.Problem ??= Damaged(at, "is too short");
            return false;
        }

        uint captured = U32(body[12..]);
        uint padded = (captured + 3) & ~3u;
        uint index = U32(body);
        if (!Check(index, captured, body.Length - Fixed, at))
        {
            return false;
        }

        PcapngInterface source = _interfaces[(int)index];
        Fill(ref frame, source, source.Time(U32(body[4..]), U32(body[8..])), U32(body[16..]), body.Slice(Fixed, (int)captured));
        if (body.Length > Fixed + padded)
        {
            _notes.Frame(new PcapngOptions(body[(Fixed + (int)padded)..], _big));
        }

        return true;
    }

    // The packet block of before 2005 (appendix A).
    private bool TryPacket(PcapngOptions block, long at, ref Frame frame)
    {
        ushort index = block.U16();
        block.U16();
        uint high = block.U32();
        uint low = block.U32();
        uint captured = block.U32();
        uint original = block.U32();
        if (!Check(index, captured, block.Remaining, at))
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = block.Take((int)captured);
        block.Take(Math.Min(-(int)captured & 3, block.Remaining));
        Fill(ref frame, _interfaces[index], _interfaces[index].Time(high, low), original, bytes);
        _notes.Frame(block);
        return true;
    }

    // It has no time (4.4): it gets the one of the frame before.
    private bool TrySimplePacket(PcapngOptions block, long at, ref Frame frame)
    {
        uint original = block.U32();
        uint snapLength = _interfaces.Count > 0 && _interfaces[0].SnapLength > 0 ? _interfaces[0].SnapLength : uint.MaxValue;
        uint captured = Math.Min(Math.Min(original, snapLength), (uint)block.Remaining);
        if (!Check(0, captured, block.Remaining, at))
        {
            return false;
        }

        Fill(ref frame, _interfaces[0], _lastTime, original, block.Take((int)captured));
        return true;
    }

    private bool Check(uint index, uint captured, int room, long at)
    {
        if (index >= _interfaces.Count)
        {
            Info.Problem ??= Damaged(at, string.Create(CultureInfo.InvariantCulture, $"names interface {index}, which is not described"));
            return false;
        }

        if (captured > room)
        {
            Info.Problem ??= Damaged(at, "is shorter than the frame in it");
            return false;
        }

        return true;
    }

    private void Fill(ref Frame frame, in PcapngInterface source, Timestamp time, uint original, ReadOnlySpan<byte> bytes)
    {
        _lastTime = time;
        frame.Ref = Next();
        frame.Time = time;
        frame.LinkType = source.LinkType;
        frame.Interface = source.Index;
        frame.OriginalLength = (int)Math.Min(Math.Max(original, (uint)bytes.Length), int.MaxValue);
        frame.Bytes = bytes;
    }

    // Looks for the next block that could be one: known type, sane length, and the same length again at its end.
    private bool Resynchronize(BlockType type)
    {
        long at = Position;
        string damage = Damaged(at, string.Create(CultureInfo.InvariantCulture, $"of type 0x{(uint)type:x8} is damaged"));
        if (_resynchronizations++ == Limits.Resynchronizations)
        {
            Info.Problem = string.Create(CultureInfo.InvariantCulture, $"{damage}, after {Limits.Resynchronizations} others; reading stopped after frame {NextNumber - 1}");
            return false;
        }

        Input.Has(SearchLength);
        int within = Math.Min(SearchLength, Input.Available);
        for (int step = 4; step + SmallestBlock <= within; step += 4)
        {
            ReadOnlySpan<byte> rest = Input.Peek(within)[step..];
            uint length = U32(rest[4..]);
            if (IsKnown((BlockType)U32(rest)) && length >= SmallestBlock && length <= rest.Length && (length & 3) == 0
                && U32(rest[((int)length - 4)..]) == length)
            {
                Input.Advance(step);
                Info.Problem ??= string.Create(CultureInfo.InvariantCulture, $"{damage}; reading went on {step} bytes later");
                return true;
            }
        }

        return Stop(string.Create(CultureInfo.InvariantCulture, $"{damage}; reading stopped after frame {NextNumber - 1}"));
    }

    private string Damaged(long at, string what) => string.Create(CultureInfo.InvariantCulture, $"the block at byte {at} (frame {NextNumber}) {what}");

    private uint U32(ReadOnlySpan<byte> bytes)
        => _big ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
