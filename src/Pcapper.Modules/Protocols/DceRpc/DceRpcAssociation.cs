using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>
/// One association: a TCP connection or an open pipe. Knows which interface each context stands for, pairs requests with responses, and
/// states each call once.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
/// <param name="pipe">The pipe's name, raw, or null over TCP.</param>
/// <param name="account">The account of the session that opened the pipe, or null.</param>
internal sealed class DceRpcAssociation(FlowContext flow, RecordBus bus, string? pipe = null, string? account = null)
{
    private const string Carrier = "dce_rpc";
    private const int MostContexts = 64;
    private const int SyntaxLength = 20;
    private const int AuthTrailer = 8;
    private const byte PrivacyLevel = 6;          // MS-RPCE, 2.2.1.1.8
    private const uint AccessDenied = 5;

    private readonly Emitter<DceRpcCall> _calls = bus.Emitter<DceRpcCall>();
    private readonly Emitter<NetlogonDomains> _domains = bus.Emitter<NetlogonDomains>();
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly Dictionary<ushort, string> _contexts = [];
    private readonly Dictionary<uint, DceRpcPending> _pending = [];
    private readonly DceRpcBuffer[] _buffers = [new(), new()];
    private GssapiTracker? _security;
    private string? _caller = account;
    private bool _isSealed;
    private bool _isLost;

    /// <summary>Takes what was written to or read from a pipe: packets, or pieces of them.</summary>
    public void TakePiece(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        if (_isLost)
        {
            return;
        }

        DceRpcBuffer buffer = _buffers[(int)direction];
        if (!buffer.IsEmpty)
        {
            buffer.Add(bytes);
            int taken = TakeAll(direction, buffer.Bytes, frame, time);
            buffer.Consume(taken);
        }
        else
        {
            int taken = TakeAll(direction, bytes, frame, time);
            if (taken < bytes.Length)
            {
                buffer.Add(bytes[taken..]);
            }
        }
    }

    /// <summary>Takes one packet.</summary>
    public void Take(Direction direction, in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        switch (header.Type)
        {
            case DceRpcPacketType.Bind or DceRpcPacketType.AlterContext:
                Bind(header, packet, frame, time);
                Authenticate(direction, header, packet, frame, time);
                break;
            case DceRpcPacketType.BindAck or DceRpcPacketType.AlterContextResponse or DceRpcPacketType.Auth3:
                Authenticate(direction, header, packet, frame, time);
                break;
            case DceRpcPacketType.BindNak:
                _security?.Ntlm.Settle(success: false, null);
                break;
            case DceRpcPacketType.Request when header.IsFirst:
                Request(direction, header, packet, frame, time);
                break;
            case DceRpcPacketType.Response when header.IsFirst:
                _security?.Ntlm.Settle(success: true, 0);
                TakeDomains(direction, header, packet, frame, time);
                Answer(header.Call, time, null);
                break;
            case DceRpcPacketType.Fault:
                Fault(header, packet, time);
                break;
        }
    }

    /// <summary>States the calls that were never answered.</summary>
    public void End()
    {
        foreach (DceRpcPending pending in _pending.Values)
        {
            Emit(pending.Call);
        }

        _pending.Clear();
        _security?.End();
    }

    // An identifier is numbers and bytes, so its byte order is the sender's (C706, appendix A).
    private static string Uuid(ReadOnlySpan<byte> bytes, bool isLittle)
    {
        var reader = new WireReader(bytes);
        uint one = isLittle ? reader.U32Little() : reader.U32();
        ushort two = isLittle ? reader.U16Little() : reader.U16();
        ushort three = isLittle ? reader.U16Little() : reader.U16();
        ushort four = reader.U16();
        ulong five = reader.U48();
        return string.Create(CultureInfo.InvariantCulture, $"{one:x8}-{two:x4}-{three:x4}-{four:x4}-{five:x12}");
    }

    private int TakeAll(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            if (!DceRpcHeader.TryRead(rest, out DceRpcHeader header))
            {
                if (rest.Length < DceRpcHeader.Size && DceRpcHeader.MayBegin(rest))
                {
                    return at;
                }

                Lose(frame, time);
                return bytes.Length;
            }

            if (rest.Length < header.Length)
            {
                return at;
            }

            Take(direction, header, rest[..header.Length], frame, time);
            at += header.Length;
        }

        return at;
    }

    private void Lose(FrameRef frame, Timestamp time)
    {
        _isLost = true;
        _buffers[0].Clear();
        _buffers[1].Clear();

        // Pipes may carry anything; only one that has spoken RPC before breaks a rule.
        if (_contexts.Count > 0 && _anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = Carrier, Rule = "packet header" });
        }
    }

    private void Bind(in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        var reader = new WireReader(packet);
        reader.Skip(DceRpcHeader.Size + 8);   // fragment sizes, association group
        int count = reader.U8();
        reader.Skip(3);
        for (int i = 0; i < count; i++)
        {
            ushort context = header.IsLittle ? reader.U16Little() : reader.U16();
            int syntaxes = reader.U8();
            reader.Skip(1);
            ReadOnlySpan<byte> uuid = reader.Take(16);
            reader.Skip(4 + (syntaxes * SyntaxLength));   // the version, and how arguments may be encoded
            if (reader.Overrun || uuid.IsEmpty)
            {
                if (_anomalies.IsWanted)
                {
                    _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = Carrier, Rule = "presentation contexts" });
                }

                return;
            }

            if (_contexts.Count < MostContexts || _contexts.ContainsKey(context))
            {
                _contexts[context] = Uuid(uuid, header.IsLittle);
            }
        }
    }

    private void Authenticate(Direction direction, in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        if (header.AuthLength == 0 || !TryTrailer(header, packet, out byte level, out ReadOnlySpan<byte> token))
        {
            return;
        }

        _isSealed |= level == PrivacyLevel;
        _security ??= new GssapiTracker(flow, bus, Carrier);
        _security.Take(direction, token, frame, time);
        if (_security.Ntlm.Unsettled is { Kind: not NtlmResponseKind.Anonymous } login)
        {
            _caller = login.Account;
        }
    }

    private static bool TryTrailer(in DceRpcHeader header, ReadOnlySpan<byte> packet, out byte level, out ReadOnlySpan<byte> token)
    {
        level = 0;
        token = default;
        int at = packet.Length - header.AuthLength - AuthTrailer;
        if (at < DceRpcHeader.Size)
        {
            return false;
        }

        level = packet[at..] is [_, var protection, ..] ? protection : (byte)0;
        token = packet[^header.AuthLength..];
        return true;
    }

    private void Request(Direction direction, in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        if (!_calls.IsWanted && !_domains.IsWanted)
        {
            return;
        }

        var reader = new WireReader(packet);
        reader.Skip(DceRpcHeader.Size + 4);   // how many bytes to expect
        ushort context = header.IsLittle ? reader.U16Little() : reader.U16();
        ushort operation = header.IsLittle ? reader.U16Little() : reader.U16();
        reader.Skip(header.HasObject ? 16 : 0);
        if (reader.Overrun)
        {
            return;
        }

        ReadOnlySpan<byte> arguments = reader.Rest;
        int trailer = header.AuthLength == 0 ? 0 : Math.Min(arguments.Length, header.AuthLength + AuthTrailer);
        string? interfaceId = _contexts.GetValueOrDefault(context);
        var call = new DceRpcCall
        {
            Flow = flow.Id,
            Frame = frame,
            Time = time,
            Direction = direction,
            Interface = interfaceId,
            Operation = operation,
            Pipe = pipe,
            Account = _caller,
            IsSealed = _isSealed,
            IsOnObject = header.HasObject,
            Detail = _isSealed || !header.IsLittle ? null : DceRpcArguments.Tell(interfaceId, operation, arguments[..^trailer]),
        };
        if (_pending.Remove(header.Call, out DceRpcPending same))
        {
            Emit(same.Call);
        }
        else if (_pending.Count >= Limits.MessagesInFlight)
        {
            End();
        }

        _pending.Add(header.Call, new DceRpcPending(call, time));
    }

    private void Fault(in DceRpcHeader header, ReadOnlySpan<byte> packet, Timestamp time)
    {
        var reader = new WireReader(packet);
        reader.Skip(DceRpcHeader.Size + 8);   // how many bytes, context, cancels
        uint status = header.IsLittle ? reader.U32Little() : reader.U32();
        _security?.Ntlm.Settle(status != AccessDenied, status);
        Answer(header.Call, time, status);
    }

    private void Answer(uint call, Timestamp time, uint? fault)
    {
        if (_pending.Remove(call, out DceRpcPending pending))
        {
            Emit(pending.Call with { ResponseTime = Math.Max(0, time - pending.Time), Fault = fault });
        }
    }

    private void Emit(DceRpcCall call)
    {
        if (_calls.IsWanted)
        {
            _calls.Emit(call);
        }
    }

    private void TakeDomains(Direction direction, in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        if (!_domains.IsWanted || !header.IsLittle || !_pending.TryGetValue(header.Call, out DceRpcPending pending)
            || pending.Call is not { Interface: DceRpcInterfaces.Netlogon, Operation: NetlogonReader.EnumerateDomainTrusts, IsSealed: false })
        {
            return;
        }

        int start = DceRpcHeader.Size + 8;   // how many bytes, context, cancels
        int trailer = header.AuthLength == 0 ? 0 : header.AuthLength + AuthTrailer;
        IReadOnlyList<NetlogonDomain> domains = packet.Length - trailer < start ? [] : NetlogonReader.Domains(packet[start..^trailer]);
        if (domains.Count > 0)
        {
            _domains.Emit(new NetlogonDomains { Flow = flow.Id, Frame = frame, Time = time, Server = flow.Id.Sender(direction), Domains = domains });
        }
    }
}
