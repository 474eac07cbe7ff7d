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
    private const uint Version = 2;
    private const int MostTwins = 4;   // open calls with one number, which honest clients do not make

    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly RpcPrograms _programs = new(flow, bus);
    private readonly Dictionary<(Direction Asked, uint Xid), RpcCall> _calls = [];
    private readonly Queue<RpcCall> _order = new();
    private Side _toResponder;
    private Side _toOriginator;
    private bool _consumed;

    /// <inheritdoc/>
    public override int MaxMessage => _programs.WantsContents ? Limits.RpcRecord : Limits.Message;

    private int MostKept => MaxMessage - Mark;

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

            side.Append(reader.Take(kept), MostKept);
            if (isLast)
            {
                Read(direction, side.Fragments!.ToArray(), chunk.Frame, chunk.Time, isCut: false);
                side.Fragments = null;
            }
        }
        else
        {
            if (reader.Remaining < Math.Min(kept, FirstLook) || (reader.Remaining < kept && ((_programs.WantsContents && length <= MostKept) || !SaysEnough(direction, reader.Rest))))
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
            Give(call);
        }

        _order.Clear();
        _programs.End();
    }

    // The content of files need not be waited for.
    private bool SaysEnough(Direction direction, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        uint xid = reader.U32();
        return reader.U32() != 0
            ? _calls.TryGetValue((direction.Opposite(), xid), out RpcCall? call) && RpcPrograms.HasBulkReply(call)
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
            1 => ReadReply(direction, xid, ref reader, frame, time),
            _ => false,
        };
        if (!isRead && !isCut)
        {
            Report("message header", frame, time);
        }
    }

    private void Report(string rule, FrameRef frame, Timestamp time)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = "rpc", Rule = rule });
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

        // A call that is sent again has been read; another one with its number waits behind it: replies come in turn.
        ulong hash = HashOf(read!, arguments);
        _calls.TryGetValue((direction, read!.Xid), out RpcCall? first);
        RpcCall? last = null;
        int twins = 0;
        for (RpcCall? known = first; known is not null; known = known.Next)
        {
            if (known.Program == read.Program && known.Procedure == read.Procedure && known.Hash == hash)
            {
                return true;
            }

            last = known;
            twins++;
        }

        if (twins > 0)
        {
            Report("number of an open call used again", frame, time);
        }

        if (twins == MostTwins)
        {
            Give(first!);
        }

        RpcCall call = read.At(direction, frame, time);
        call.Hash = hash;
        _programs.ReadArguments(call, arguments);
        if (last is null)
        {
            _calls.Add((direction, call.Xid), call);
        }
        else
        {
            last.Next = call;
        }

        _order.Enqueue(call);
        if (_order.Count > Limits.MessagesInFlight)
        {
            Give(_order.Dequeue());
        }

        return true;
    }

    // States a call without a reply, if it waits for one still.
    private void Give(RpcCall call)
    {
        if (_calls.TryGetValue((call.Direction, call.Xid), out RpcCall? waiting) && waiting == call)
        {
            End(call);
            _programs.Finish(call, null, default);
        }
    }

    // The first call with a number waits no more.
    private void End(RpcCall call)
    {
        if (call.Next is { } next)
        {
            _calls[(call.Direction, call.Xid)] = next;
        }
        else
        {
            _calls.Remove((call.Direction, call.Xid));
        }
    }

    // Of what a call writes the beginning is looked at: how much of it there is depends on how it was cut.
    private static ulong HashOf(RpcCall call, ReadOnlySpan<byte> arguments)
        => StableHash.Of(RpcPrograms.IsBulkCall(call, arguments) ? arguments[..Math.Min(arguments.Length, FirstLook / 2)] : arguments);

    private bool ReadReply(Direction direction, uint xid, ref WireReader reader, FrameRef frame, Timestamp time)
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

        // Either side may call: a server calls back on the same connection (RFC 8881, 2.10.3.1). Nobody answers himself.
        if (_calls.TryGetValue((direction.Opposite(), xid), out RpcCall? call))
        {
            End(call);
            _programs.Finish(call, new RpcReply(frame, time, isDenied, status), reader.Rest);
        }
        else if (_calls.ContainsKey((direction, xid)))
        {
            Report("reply from the side that called", frame, time);
        }

        return true;
    }

    private struct Side
    {
        public List<byte>? Fragments;
        public bool IsLost;

        public void Append(ReadOnlySpan<byte> fragment, int most)
        {
            Fragments ??= [];
            Fragments.AddRange(fragment[..Math.Min(fragment.Length, most - Math.Min(most, Fragments.Count))]);
        }
    }
}
