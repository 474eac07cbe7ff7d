using System.Buffers.Binary;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>
/// One association of one client: a TCP connection or an open pipe. Knows which interface each context stands for and who calls in which
/// security context, pairs requests with responses, and states each call once.
/// </summary>
/// <param name="calls">The calls of the flow that wait.</param>
/// <param name="requests">Which way the client's requests go.</param>
/// <param name="pipe">The pipe's name, raw, or null over TCP.</param>
/// <param name="account">The account of the session that opened the pipe, or null.</param>
internal sealed class DceRpcAssociation(DceRpcCalls calls, Direction requests, string? pipe = null, string? account = null)
{
    private const string Carrier = "dce_rpc";
    private const int SyntaxLength = 20;
    private const int AuthTrailer = 8;
    private const int AnswerStart = DceRpcHeader.Size + 8;   // how many bytes, context, cancels
    private const byte PrivacyLevel = 6;          // MS-RPCE, 2.2.1.1.8
    private const uint AccessDenied = 5;

    private readonly int _number = calls.Number();
    private readonly DceRpcBuffer[] _buffers = pipe is null ? [] : [new(), new()];
    private readonly bool[] _isLost = pipe is null ? [] : new bool[2];
    private Dictionary<ushort, Guid>? _contexts;
    private (Guid Id, string Text)? _interface;
    private RecentMap<uint, DceRpcSecurity>? _security;
    private DceRpcSecurity? _latest;
    private bool _isSilent;

    /// <summary>Takes what was written to or read from a pipe: packets, or pieces of them.</summary>
    public void TakePiece(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        ref bool isLost = ref _isLost[(int)direction];
        if (isLost)
        {
            int at = DceRpcHeader.Find(bytes);
            if (at < 0)
            {
                return;
            }

            isLost = false;
            bytes = bytes[at..];
            if (_isSilent)
            {
                _isSilent = false;
                calls.Anomaly("packet header", frame, time);
            }
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
            buffer.Add(bytes[taken..]);
        }
    }

    /// <summary>Forgets what a pipe's direction has begun to say: the next packet is looked for.</summary>
    public void Lose(Direction direction)
    {
        _isLost[(int)direction] = true;
        _buffers[(int)direction].Clear();
    }

    /// <summary>Takes one packet.</summary>
    public void Take(Direction direction, in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        if (header.IsFromClient != (direction == requests))
        {
            calls.Anomaly("packet from the wrong side", frame, time);
            return;
        }

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
                _latest?.Tracker.Ntlm.Settle(success: false, null);
                break;
            case DceRpcPacketType.Request when header.IsFirst:
                Request(direction, header, packet, frame, time);
                break;
            case DceRpcPacketType.Request:
                Continue(header, packet, frame, time);
                break;
            case DceRpcPacketType.Response when header.IsFirst:
                TakeDomains(direction, header, packet, frame, time);
                Answer(header, packet, time, null, Result(header, packet));
                break;
            case DceRpcPacketType.Fault:
                Fault(header, packet, time);
                break;
        }
    }

    /// <summary>States the calls that were never answered.</summary>
    public void End()
    {
        calls.End(_number);
        foreach (DceRpcSecurity security in _security?.Values ?? [])
        {
            security.Tracker.End();
        }
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

                // Pipes may carry anything; only one that has spoken RPC before, or does later, breaks a rule.
                Lose(direction);
                _isSilent |= _contexts is null;
                if (_contexts is not null)
                {
                    calls.Anomaly("packet header", frame, time);
                }

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
                calls.Anomaly("presentation contexts", frame, time);
                return;
            }

            // An identifier is numbers and bytes, so its byte order is the sender's (C706, appendix A).
            (_contexts ??= [])[context] = new Guid(uuid, bigEndian: !header.IsLittle);
        }
    }

    private string? Interface(ushort context)
    {
        if (_contexts is null || !_contexts.TryGetValue(context, out Guid id))
        {
            return null;
        }

        if (_interface is not { } known || known.Id != id)
        {
            known = (id, id.ToString());
            _interface = known;
        }

        return known.Text;
    }

    private void Authenticate(Direction direction, in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        if (!TryTrailer(header, packet, out byte level, out uint context, out ReadOnlySpan<byte> token))
        {
            return;
        }

        _security ??= new RecentMap<uint, DceRpcSecurity>(Limits.CallSecurity);
        if (_security.Find(context) is not { } security)
        {
            security = new DceRpcSecurity(new GssapiTracker(calls.Flow, calls.Bus, Carrier)) { Account = account };
            _security.Set(context, security, out bool isEvicted)?.Tracker.End();
            if (isEvicted)
            {
                calls.Anomaly("more security contexts than are kept", frame, time);
            }
        }

        _latest = security;
        security.IsSealed |= level == PrivacyLevel;
        security.Tracker.Take(direction, token, frame, time);
        if (security.Tracker.Ntlm.Unsettled is { Kind: not NtlmResponseKind.Anonymous } login)
        {
            security.Account = login.Account;
        }
    }

    // MS-RPCE, 2.2.2.11
    private static bool TryTrailer(in DceRpcHeader header, ReadOnlySpan<byte> packet, out byte level, out uint context, out ReadOnlySpan<byte> token)
    {
        level = 0;
        context = 0;
        token = default;
        int at = packet.Length - header.AuthLength - AuthTrailer;
        if (header.AuthLength == 0 || at < DceRpcHeader.Size)
        {
            return false;
        }

        var reader = new WireReader(packet[at..]);
        reader.Skip(1);
        level = reader.U8();
        reader.Skip(2);
        context = header.IsLittle ? reader.U32Little() : reader.U32();
        token = packet[^header.AuthLength..];
        return true;
    }

    private void Request(Direction direction, in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        var reader = new WireReader(packet);
        reader.Skip(DceRpcHeader.Size + 4);   // how many bytes to expect
        ushort context = header.IsLittle ? reader.U16Little() : reader.U16();
        ushort operation = header.IsLittle ? reader.U16Little() : reader.U16();
        reader.Skip(header.HasObject ? 16 : 0);
        if (reader.Overrun)
        {
            return;
        }

        // Protection below that of packets goes without a trailer.
        DceRpcSecurity? security = TryTrailer(header, packet, out byte level, out uint id, out _) ? _security?.Find(id) : _latest;
        bool isSealed = level == PrivacyLevel || security is { IsSealed: true };
        var call = new DceRpcCall
        {
            Flow = calls.Flow.Id,
            Frame = frame,
            Time = time,
            Direction = direction,
            Interface = Interface(context),
            Operation = operation,
            Pipe = pipe,
            Account = security is null ? account : security.Account,
            IsSealed = isSealed,
            IsOnObject = header.HasObject,
        };
        var pending = new DceRpcPending(call, security);
        calls.Add(_number, header.Call, pending, frame, time);
        if (isSealed || !header.IsLittle || !calls.IsWanted)
        {
            return;
        }

        ReadOnlySpan<byte> arguments = Arguments(header, reader.Rest);
        if (header.IsLast)
        {
            pending.Tell(arguments);
        }
        else
        {
            calls.AddPart(_number, header.Call, pending, arguments, isLast: false, frame, time);
        }
    }

    // Arguments that do not fit into one packet, or that somebody cut in small pieces (C706, 12.6.2).
    private void Continue(in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        if (calls.Find(_number, header.Call) is { IsInParts: true } pending)
        {
            var reader = new WireReader(packet);
            reader.Skip(DceRpcHeader.Size + 8 + (header.HasObject ? 16 : 0));   // how many bytes to expect, context, operation
            calls.AddPart(_number, header.Call, pending, Arguments(header, reader.Rest), header.IsLast, frame, time);
        }
    }

    private static ReadOnlySpan<byte> Arguments(in DceRpcHeader header, ReadOnlySpan<byte> body)
        => body[..^(header.AuthLength == 0 ? 0 : Math.Min(body.Length, header.AuthLength + AuthTrailer))];

    private void Fault(in DceRpcHeader header, ReadOnlySpan<byte> packet, Timestamp time)
    {
        var reader = new WireReader(packet);
        reader.Skip(DceRpcHeader.Size + 8);   // how many bytes, context, cancels
        Answer(header, packet, time, header.IsLittle ? reader.U32Little() : reader.U32(), null);
    }

    private void TakeDomains(Direction direction, in DceRpcHeader header, ReadOnlySpan<byte> packet, FrameRef frame, Timestamp time)
    {
        if (header.IsLittle && packet.Length >= AnswerStart
            && calls.Find(_number, header.Call)?.Call is { Interface: DceRpcInterfaces.Netlogon, Operation: NetlogonReader.EnumerateDomainTrusts, IsSealed: false })
        {
            calls.TakeDomains(direction, Arguments(header, packet[AnswerStart..]), frame, time);
        }
    }

    // What a function of Netlogon gives back, an NTSTATUS, stands last (C706, 14.4; MS-NRPC, 3.5.4.4).
    private uint? Result(in DceRpcHeader header, ReadOnlySpan<byte> packet)
        => header is { IsLast: true, IsLittle: true, AuthLength: 0 } && packet.Length >= AnswerStart + sizeof(uint)
            && calls.Find(_number, header.Call)?.Call is { Interface: DceRpcInterfaces.Netlogon, Operation: 15 or 26 or 30, IsSealed: false }
            ? BinaryPrimitives.ReadUInt32LittleEndian(packet[^sizeof(uint)..])
            : null;

    // Whoever gets an answer was let in, unless it says otherwise.
    private void Answer(in DceRpcHeader header, ReadOnlySpan<byte> packet, Timestamp time, uint? fault, uint? result)
    {
        DceRpcPending? pending = calls.Answer(_number, header.Call, time, fault, result);
        DceRpcSecurity? security = TryTrailer(header, packet, out _, out uint context, out _) ? _security?.Find(context) : pending?.Security ?? _latest;
        security?.Tracker.Ntlm.Settle(fault != AccessDenied, fault ?? 0);
    }
}
