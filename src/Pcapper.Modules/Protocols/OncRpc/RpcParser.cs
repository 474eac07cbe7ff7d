using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>Parses ONC RPC version 2 (RFC 5531) over UDP and, with record marks, TCP; pairs replies with calls and has the programs read.</summary>
public sealed class RpcParser(FlowContext flow, RecordBus bus) : FlowParser
{
    /// <summary>The most bytes of a record: file servers move at most a few MiB at once.</summary>
    internal const int MaxRecord = 16 * 1024 * 1024;

    /// <summary>The bit of a record mark that says that the record ends here (RFC 5531, 11).</summary>
    internal const uint LastFragment = 0x8000_0000;

    private const int Mark = 4;
    private const int FirstLook = 1024;
    private const int MostKept = Limits.Message - Mark;
    private const uint Version = 2;

    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly RpcPrograms _programs = new(flow, bus);
    private readonly Dictionary<uint, RpcCall> _calls = [];
    private readonly Queue<RpcCall> _order = new();
    private Side _toResponder;
    private Side _toOriginator;
    private bool _consumed;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (chunk.IsDatagram)
        {
            Read(direction, chunk.Bytes, chunk.Frame, chunk.Time, chunk.Missing > 0);
            return ParseResult.Done(Math.Max(1, chunk.Bytes.Length));
        }

        ref Side side = ref direction == Direction.ToResponder ? ref _toResponder : ref _toOriginator;
        if (side.IsLost && RpcProtocol.ProbeStream(chunk.Bytes) is Confidence.No)
        {
            // Behind a gap records begin anew with one of the next segments.
            return ParseResult.Done(chunk.Bytes.Length);
        }

        var reader = new WireReader(chunk.Bytes);
        uint mark = reader.U32();
        if (reader.Overrun)
        {
            return ParseResult.NeedMore(Mark);
        }

        int length = (int)Math.Min(mark & ~LastFragment, int.MaxValue - Mark);
        if (length is 0 or > MaxRecord)
        {
            return _consumed ? ParseResult.Malformed("record mark") : ParseResult.NotThisProtocol();
        }

        side.IsLost = false;
        bool isLast = (mark & LastFragment) != 0;
        int kept = Math.Min(length, MostKept);
        if (!isLast || side.Fragments is not null)
        {
            if (reader.Remaining < kept)
            {
                return ParseResult.NeedMore(Mark + kept);
            }

            side.Append(reader.Take(kept));
            if (isLast)
            {
                Read(direction, side.Fragments!.ToArray(), chunk.Frame, chunk.Time, isCut: false);
                side.Fragments = null;
            }
        }
        else
        {
            if (reader.Remaining < Math.Min(kept, FirstLook) || (reader.Remaining < kept && !SaysEnough(reader.Rest)))
            {
                return ParseResult.NeedMore(Mark + (reader.Remaining < FirstLook ? Math.Min(kept, FirstLook) : kept));
            }

            ReadOnlySpan<byte> body = reader.Take(Math.Min(length, reader.Remaining));
            Read(direction, body, chunk.Frame, chunk.Time, isCut: reader.Position < Mark + length);
        }

        _consumed = true;
        return ParseResult.Done(Mark + length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        ref Side side = ref direction == Direction.ToResponder ? ref _toResponder : ref _toOriginator;
        side.Fragments = null;
        side.IsLost = true;
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        foreach (RpcCall call in _order)
        {
            if (_calls.Remove(call.Xid, out RpcCall? waiting) && waiting == call)
            {
                _programs.Finish(call, null, default);
            }
        }

        _order.Clear();
        _programs.End();
    }

    // The content of files need not be waited for.
    private bool SaysEnough(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        uint xid = reader.U32();
        return reader.U32() != 0
            ? _calls.TryGetValue(xid, out RpcCall? call) && RpcPrograms.HasBulkReply(call)
            : TryReadCall(body, out call, out ReadOnlySpan<byte> arguments) && RpcPrograms.IsBulkCall(call!, arguments);
    }

    private void Read(Direction direction, ReadOnlySpan<byte> body, FrameRef frame, Timestamp time, bool isCut)
    {
        var reader = new WireReader(body);
        uint xid = reader.U32();
        uint type = reader.U32();
        bool isRead = !reader.Overrun && type switch
        {
            0 => ReadCall(direction, body, frame, time),
            1 => ReadReply(xid, ref reader, frame, time),
            _ => false,
        };
        if (!isRead && !isCut && _anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = "rpc", Rule = "message header" });
        }
    }

    private static bool TryReadCall(ReadOnlySpan<byte> body, out RpcCall? call, out ReadOnlySpan<byte> arguments)
    {
        var reader = new WireReader(body);
        uint xid = reader.U32();
        reader.U32();
        uint version = reader.U32();
        uint program = reader.U32();
        uint programVersion = reader.U32();
        uint procedure = reader.U32();
        call = null;
        arguments = default;
        if (!RpcCredentials.TryRead(ref reader, out RpcCredentials credentials))
        {
            return false;
        }

        reader.U32();
        reader.Opaque(RpcCredentials.MaxBody);
        if (reader.Overrun || version != Version)
        {
            return false;
        }

        arguments = reader.Rest;
        call = new RpcCall
        {
            Xid = xid,
            Program = (RpcProgram)program,
            Version = programVersion,
            Procedure = procedure,
            Credentials = credentials,
            Direction = Direction.ToResponder,
            Frame = default,
            Time = default,
        };
        return true;
    }

    private bool ReadCall(Direction direction, ReadOnlySpan<byte> body, FrameRef frame, Timestamp time)
    {
        if (!TryReadCall(body, out RpcCall? read, out ReadOnlySpan<byte> arguments))
        {
            return false;
        }

        // A call that is sent again has been read.
        if (_calls.ContainsKey(read!.Xid))
        {
            return true;
        }

        RpcCall call = read.At(direction, frame, time);
        _programs.ReadArguments(call, arguments);
        _calls.Add(call.Xid, call);
        _order.Enqueue(call);
        if (_order.Count > Limits.MessagesInFlight)
        {
            RpcCall oldest = _order.Dequeue();
            if (_calls.TryGetValue(oldest.Xid, out RpcCall? waiting) && waiting == oldest)
            {
                _calls.Remove(oldest.Xid);
                _programs.Finish(oldest, null, default);
            }
        }

        return true;
    }

    private bool ReadReply(uint xid, ref WireReader reader, FrameRef frame, Timestamp time)
    {
        bool isDenied = reader.U32() != 0;
        if (!isDenied)
        {
            reader.U32();
            reader.Opaque(RpcCredentials.MaxBody);
        }

        uint status = reader.U32();
        if (reader.Overrun)
        {
            return false;
        }

        if (_calls.Remove(xid, out RpcCall? call))
        {
            _programs.Finish(call, new RpcReply(frame, time, isDenied, status), reader.Rest);
        }

        return true;
    }

    private struct Side
    {
        public List<byte>? Fragments;
        public bool IsLost;

        public void Append(ReadOnlySpan<byte> fragment)
        {
            Fragments ??= [];
            Fragments.AddRange(fragment[..Math.Min(fragment.Length, MostKept - Math.Min(MostKept, Fragments.Count))]);
        }
    }
}
