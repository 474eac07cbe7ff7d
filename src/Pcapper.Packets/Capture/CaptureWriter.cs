using System.Buffers.Binary;
using System.Text;

namespace Pcapper.Packets;

/// <summary>Writes captures: pcapng, with several interfaces and comments, or classic pcap. Times have nanoseconds.</summary>
public sealed class CaptureWriter : IDisposable
{
    private const int FlushLength = 64 * 1024;
    private const uint Unlimited = Limits.Frame;
    private const ushort Comment = 1;
    private const ushort Application = 4;
    private const ushort InterfaceName = 2;
    private const ushort InterfaceResolution = 9;
    private const byte Nanoseconds = 9;

    private readonly Stream _stream;
    private readonly bool _isPcapng;
    private byte[] _buffer = new byte[FlushLength * 2];
    private int _written;
    private int _interfaces;

    private CaptureWriter(Stream stream, bool isPcapng)
    {
        ArgumentNullException.ThrowIfNull(stream);
        _stream = stream;
        _isPcapng = isPcapng;
    }

    /// <summary>Begins a pcapng file; add an interface before the first frame.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="application">The application that writes it.</param>
    /// <param name="comment">What the whole file is.</param>
    public static CaptureWriter Pcapng(Stream stream, string? application = null, string? comment = null)
    {
        var writer = new CaptureWriter(stream, isPcapng: true);
        int start = writer.BeginBlock(PcapngReader.SectionHeader);
        writer.U32(0x1A2B_3C4D);
        writer.U16(1);
        writer.U16(0);
        writer.U64(ulong.MaxValue);   // section length: not known
        writer.Text(Comment, comment);
        writer.Text(Application, application);
        writer.EndOptions();
        writer.EndBlock(start);
        return writer;
    }

    /// <summary>Begins a classic pcap file with nanoseconds; it has the one interface 0.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="linkType">What the frames begin with.</param>
    public static CaptureWriter Pcap(Stream stream, LinkType linkType)
    {
        var writer = new CaptureWriter(stream, isPcapng: false) { _interfaces = 1 };
        writer.U32(0xA1B2_3C4D);
        writer.U16(2);
        writer.U16(4);
        writer.U64(0);   // time zone and accuracy
        writer.U32(Unlimited);
        writer.U32((uint)linkType);
        return writer;
    }

    /// <summary>Adds an interface to a pcapng file; returns its index.</summary>
    public int AddInterface(LinkType linkType, string? name = null)
    {
        if (!_isPcapng)
        {
            throw new InvalidOperationException("a classic pcap file has one interface");
        }

        int start = BeginBlock(1);
        U16((ushort)linkType);
        U16(0);
        U32(0);   // no snap length
        Text(InterfaceName, name);
        Option(InterfaceResolution, [Nanoseconds]);
        EndOptions();
        EndBlock(start);
        return _interfaces++;
    }

    /// <summary>Writes a frame; <see cref="Frame.Interface"/> is the index of an interface of this file.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="comment">What to say of it; classic pcap has no place for it.</param>
    public void Write(in Frame frame, string? comment = null)
    {
        if ((uint)frame.Interface >= (uint)_interfaces)
        {
            throw new ArgumentException("the interface was not added", nameof(frame));
        }

        int original = Math.Max(frame.OriginalLength, frame.Bytes.Length);
        if (_isPcapng)
        {
            var time = (ulong)frame.Time.Nanoseconds;
            int start = BeginBlock(6);
            U32((uint)frame.Interface);
            U32((uint)(time >> 32));
            U32((uint)time);
            U32((uint)frame.Bytes.Length);
            U32((uint)original);
            Padded(frame.Bytes);
            if (comment is not null)
            {
                Text(Comment, comment);
                EndOptions();
            }

            EndBlock(start);
        }
        else
        {
            (long seconds, long nanoseconds) = Math.DivRem(Math.Max(frame.Time.Nanoseconds, 0), Timestamp.PerSecond);
            U32((uint)seconds);
            U32((uint)nanoseconds);
            U32((uint)frame.Bytes.Length);
            U32((uint)original);
            Bytes(frame.Bytes);
        }

        if (_written >= FlushLength)
        {
            Flush();
        }
    }

    /// <summary>Hands what is buffered to the stream.</summary>
    public void Flush()
    {
        _stream.Write(_buffer.AsSpan(0, _written));
        _written = 0;
    }

    /// <summary>Flushes; the stream stays open.</summary>
    public void Dispose() => Flush();

    private int BeginBlock(uint type)
    {
        int start = _written;
        U32(type);
        U32(0);
        return start;
    }

    // Nothing is flushed inside a block, so its beginning is still there to get its length.
    private void EndBlock(int start)
    {
        int length = _written - start + sizeof(uint);
        U32((uint)length);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(start + sizeof(uint)), (uint)length);
    }

    private void Text(ushort code, string? text)
    {
        if (text is not null)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Option(code, bytes.AsSpan(0, Math.Min(bytes.Length, ushort.MaxValue)));
        }
    }

    private void Option(ushort code, ReadOnlySpan<byte> value)
    {
        U16(code);
        U16((ushort)value.Length);
        Padded(value);
    }

    private void EndOptions() => U32(0);

    private void Padded(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> zeros = [0, 0, 0];
        Bytes(bytes);
        Bytes(zeros[..(-bytes.Length & 3)]);
    }

    private void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    private void U16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(sizeof(ushort)), value);

    private void U32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    private void U64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _written < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _written + count));
        }

        _written += count;
        return _buffer.AsSpan(_written - count, count);
    }
}
