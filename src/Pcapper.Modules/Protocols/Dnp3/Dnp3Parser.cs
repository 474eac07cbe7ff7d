using System.Runtime.InteropServices;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>Reads link frames (IEEE 1815, 9) and puts fragments together (8); what they say is for <see cref="Dnp3Dialog"/>.</summary>
internal sealed class Dnp3Parser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const string Protocol = "dnp3";
    private const int MostBroken = 256;
    private const int MostLinks = 64;
    private const int LongestFrame = 292;

    // Fragments have 2,048 bytes at most unless both sides agree on more (4.1.2).
    private const int LongestFragment = 16 * 1024;
    private const byte Final = 0x80;
    private const byte First = 0x40;
    private const byte SequenceMask = 0x3F;

    private readonly IcsFlow _flow = new(flow, bus, Protocol, Dnp3Protocol.Port);
    private readonly RecentMap<LinkKey, Fragment> _fragments = new(MostLinks);
    private readonly List<byte> _data = [];
    private Dnp3Dialog? _dialog;
    private bool _isConfirmed;
    private int _broken;

    /// <inheritdoc/>
    public override int MaxMessage => LongestFrame;

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    private Dnp3Dialog Dialog => _dialog ??= new Dnp3Dialog(_flow, bus);

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        if (!Dnp3Protocol.IsSync(bytes))
        {
            return Broken(direction, chunk, "bytes between frames", Next(bytes, 1));
        }

        if (bytes.Length < Dnp3LinkHeader.Size)
        {
            return chunk.IsDatagram ? Broken(direction, chunk, "frame cut short", bytes.Length) : ParseResult.NeedMore(Dnp3LinkHeader.Size);
        }

        Dnp3LinkHeader header = Dnp3LinkHeader.Read(bytes);
        if (!Dnp3Crc.Holds(bytes[..Dnp3LinkHeader.Size]))
        {
            return Broken(direction, chunk, "wrong checksum", Next(bytes, 2), isChecksum: true);
        }

        if (header.Length < Dnp3LinkHeader.LeastLength)
        {
            return Broken(direction, chunk, "length of a frame", Next(bytes, 2));
        }

        int whole = header.Whole;
        if (bytes.Length < whole)
        {
            return chunk.IsDatagram ? Broken(direction, chunk, "frame cut short", bytes.Length) : ParseResult.NeedMore(whole);
        }

        _isConfirmed = true;
        FrameRef frame = chunk.FrameAt(whole - 1);
        Timestamp time = chunk.TimeAt(whole - 1);
        _data.Clear();
        if (!Dnp3LinkHeader.TryData(bytes[..whole], _data))
        {
            _fragments.Remove(new LinkKey(direction, header.Source, header.Destination));
            return Broken(direction, chunk, "wrong checksum", whole, isChecksum: true);
        }

        _broken = 0;
        if (header.HasData)
        {
            Transport(direction, header, frame, time);
        }
        else
        {
            Dialog.Link(direction, header, frame, time);
        }

        return ParseResult.Done(whole);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        foreach (LinkKey key in _fragments.Keys.Where(k => k.Direction == direction).ToArray())
        {
            _fragments.Remove(key);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd() => _dialog?.End();

    private static int Next(ReadOnlySpan<byte> bytes, int from)
    {
        for (int at = from; at < bytes.Length; at++)
        {
            if (Dnp3Protocol.IsSync(bytes[at..]))
            {
                return at;
            }
        }

        return bytes.Length;
    }

    private void Transport(Direction direction, Dnp3LinkHeader header, FrameRef frame, Timestamp time)
    {
        byte transport = _data[0];
        int sequence = transport & SequenceMask;
        var key = new LinkKey(direction, header.Source, header.Destination);
        ReadOnlySpan<byte> data = CollectionsMarshal.AsSpan(_data)[1..];
        if ((transport & (First | Final)) == (First | Final))
        {
            _fragments.Remove(key);
            Dialog.Read(direction, header, frame, time, data);
            return;
        }

        Fragment? fragment = (transport & First) != 0 ? new Fragment() : _fragments.Find(key);
        if (fragment is null || ((transport & First) == 0 && fragment.Next != sequence) || fragment.Bytes.Count + data.Length > LongestFragment)
        {
            _fragments.Remove(key);
            _flow.Fault(direction, frame, time, "transport segment out of order");

            return;
        }

        fragment.Bytes.AddRange(data);
        fragment.Next = (sequence + 1) & SequenceMask;
        if ((transport & Final) != 0)
        {
            _fragments.Remove(key);
            Dialog.Read(direction, header, frame, time, CollectionsMarshal.AsSpan(fragment.Bytes));
        }
        else if ((transport & First) != 0)
        {
            _fragments.Set(key, fragment, out _);
        }
    }

    private ParseResult Broken(Direction direction, in StreamChunk chunk, string rule, int bytes, bool isChecksum = false)
    {
        if (!_isConfirmed)
        {
            return ParseResult.NotThisProtocol();
        }

        // What the snap length cut cannot be judged.
        if (chunk.Missing == 0)
        {
            if (++_broken > MostBroken)
            {
                return ParseResult.Malformed(rule);
            }

            _flow.Fault(direction, chunk.Frame, chunk.Time, rule, isChecksum);
        }

        return ParseResult.Done(Math.Max(1, bytes));
    }

    private readonly record struct LinkKey(Direction Direction, ushort Source, ushort Destination);

    private sealed class Fragment
    {
        public List<byte> Bytes { get; } = [];

        public int Next { get; set; }
    }
}
