using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>Reads Modbus/TCP (Modbus Messaging on TCP/IP 1.0b, 3.1.3) or RTU frames, whichever the flow began with.</summary>
internal sealed class ModbusParser(FlowContext flow, RecordBus bus) : FlowParser
{
    /// <summary>A frame's checksum is wrong.</summary>
    internal const string WrongChecksum = "wrong checksum";

    private const int MostBroken = 32;
    private const int LeastOfPdu = 2;

    private readonly ModbusDialog _dialog = new(flow, bus);
    private bool? _isRtu;
    private bool _isConfirmed;
    private int _broken;

    /// <inheritdoc/>
    public override int MaxMessage => ModbusFraming.HeaderLength + ModbusFraming.MostLength;

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        _isRtu ??= chunk.Bytes.Length < ModbusFraming.HeaderLength && !chunk.IsDatagram && !ModbusProtocol.IsRtu(chunk.Bytes) ? null : ModbusProtocol.IsRtu(chunk.Bytes);
        return _isRtu is not { } isRtu ? ParseResult.NeedMore(ModbusFraming.HeaderLength)
            : isRtu ? ParseRtu(direction, chunk)
            : ParseTcp(direction, chunk);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing) => true;

    private ParseResult ParseTcp(Direction direction, in StreamChunk chunk)
    {
        var reader = new WireReader(chunk.Bytes);
        ushort transaction = reader.U16();
        ushort protocol = reader.U16();
        ushort length = reader.U16();
        if (reader.Overrun)
        {
            return chunk.IsDatagram ? Broken(direction, chunk, "too short") : ParseResult.NeedMore(ModbusFraming.HeaderLength);
        }

        if (protocol != 0 || length is < ModbusFraming.LeastLength or > ModbusFraming.MostLength)
        {
            return Broken(direction, chunk, "header");
        }

        int whole = ModbusFraming.HeaderLength + length;
        ReadOnlySpan<byte> rest = chunk.Bytes[ModbusFraming.HeaderLength..];
        int own = rest.Length < LeastOfPdu ? -1 : ModbusFraming.PduLength(rest[1..], _dialog.IsRequest(direction));
        bool isWrong = own > 0 && own + 1 != length;
        if (rest.Length < length)
        {
            if (!isWrong || own + 1 > rest.Length)
            {
                return chunk.IsDatagram ? Broken(direction, chunk, "length beyond the datagram") : ParseResult.NeedMore(whole);
            }

            // The header promises more than the function has: what follows is not waited for.
            whole = ModbusFraming.HeaderLength + own + 1;
        }

        if (isWrong)
        {
            if (!_isConfirmed && !ModbusFraming.Fits(rest[1..Math.Min(length, rest.Length)], !_dialog.IsRequest(direction)))
            {
                return ParseResult.NotThisProtocol();
            }

            _dialog.Flow.Fault(direction, chunk.Frame, chunk.Time, "length does not fit the function");
        }

        _isConfirmed = true;
        _broken = 0;
        _dialog.Read(direction, chunk.FrameAt(whole - 1), chunk.TimeAt(whole - 1), transaction, chunk.Bytes[ModbusFraming.HeaderLength..whole]);
        return ParseResult.Done(whole);
    }

    private ParseResult ParseRtu(Direction direction, in StreamChunk chunk)
    {
        ReadOnlySpan<byte> bytes = chunk.Bytes;
        bool isRequest = _dialog.IsRequest(direction);
        int whole = ModbusFraming.Rtu(bytes, isRequest);
        if (whole > 0)
        {
            _isConfirmed = true;
            _broken = 0;
            _dialog.Read(direction, chunk.FrameAt(whole - 1), chunk.TimeAt(whole - 1), null, bytes[..(whole - 2)]);
            return ParseResult.Done(whole);
        }

        if (whole < 0 && !chunk.IsDatagram)
        {
            int length = bytes.Length < 2 ? -1 : ModbusFraming.PduLength(bytes[1..], isRequest);
            return ParseResult.NeedMore(length > 0 ? 1 + length + 2 : bytes.Length + 1);
        }

        return Broken(direction, chunk, whole < 0 ? "too short" : WrongChecksum);
    }

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

        _dialog.Flow.Fault(direction, chunk.Frame, chunk.Time, rule, rule == WrongChecksum);
        return ParseResult.Done(IcsFlow.NextSegment(chunk));
    }
}
