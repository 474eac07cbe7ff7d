using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Reads messages of the encapsulation, and datagrams of I/O connections; what they say is for <see cref="EnipDialog"/>.</summary>
internal sealed class EnipParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int MostBroken = 32;

    private readonly EnipDialog _dialog = new(flow, bus);
    private bool _isConfirmed;
    private int _broken;

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        if (chunk.IsDatagram && EnipIo.TryRead(bytes, out EnipIo io))
        {
            _isConfirmed = true;
            _dialog.Io(direction, chunk.Frame, chunk.Time, io);
            return ParseResult.Done(bytes.Length);
        }

        if (bytes.Length < EnipHeader.Size)
        {
            return chunk.IsDatagram ? Broken(direction, chunk, "too short") : ParseResult.NeedMore(EnipHeader.Size);
        }

        EnipHeader header = EnipHeader.Read(bytes);
        if (!header.IsValid)
        {
            return Broken(direction, chunk, "header");
        }

        int whole = EnipHeader.Size + header.Length;
        if (bytes.Length < whole)
        {
            return chunk.IsDatagram ? Broken(direction, chunk, "length beyond the datagram") : ParseResult.NeedMore(whole);
        }

        _isConfirmed = true;
        _broken = 0;
        _dialog.Read(direction, chunk.FrameAt(whole - 1), chunk.TimeAt(whole - 1), header, bytes[EnipHeader.Size..whole]);
        return ParseResult.Done(whole);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing) => true;

    // A message begins where a segment does: with the next one there is hope again.
    private ParseResult Broken(Direction direction, in StreamChunk chunk, string rule)
    {
        if (!_isConfirmed)
        {
            return ParseResult.NotThisProtocol();
        }

        if (chunk.Missing > 0)
        {
            return ParseResult.Done(Math.Max(1, chunk.Bytes.Length));
        }

        if (++_broken > MostBroken)
        {
            return ParseResult.Malformed(rule);
        }

        _dialog.Flow.Fault(direction, chunk.Frame, chunk.Time, rule);
        return ParseResult.Done(IcsFlow.NextSegment(chunk));
    }
}
