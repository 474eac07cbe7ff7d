using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Follows the messages of SMB 2 and 3 (MS-SMB2) of one client on a connection: dialect, sessions and shares; <see cref="Smb2Files"/> follows the files.</summary>
internal sealed class Smb2Dialog
{
    private const int MostDialects = 16;
    private const int MostContexts = 16;
    private const ushort EncryptionContext = 2;
    private const ushort SigningRequired = 2;
    private const ushort Guest = 1;
    private const ushort NullSession = 2;
    private const uint EncryptData = 0x8000;

    private readonly SmbEmitter _emitter;
    private readonly Direction _requests;
    private readonly Smb2Files _files;
    private readonly RecentMap<ulong, Smb2Request> _pending = new(Limits.MessagesInFlight);
    private readonly RecentMap<ulong, SmbSession> _sessions = new(Limits.SmbSessions);
    private readonly RecentMap<(ulong Session, uint Tree), SmbTree> _trees = new(Limits.SmbShares);
    private (SmbNegotiation Negotiation, ulong Message)? _offer;

    /// <summary>Initializes a new instance of the <see cref="Smb2Dialog"/> class.</summary>
    /// <param name="emitter">Where records go.</param>
    /// <param name="requests">Which way the client's requests go.</param>
    public Smb2Dialog(SmbEmitter emitter, Direction requests)
    {
        _emitter = emitter;
        _requests = requests;
        _files = new Smb2Files(emitter, this);
    }

    /// <summary>Tells whether a read's answer is content of a file, which need not be looked at.</summary>
    public bool IsDataRead(in Smb2Header header) => _pending.Find(header.Message) is { } request && _files.IsData(request.File);

    /// <summary>Tells whether a write carries content of a file, which need not be looked at.</summary>
    /// <param name="message">The fixed part of the request.</param>
    public bool IsDataWritten(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 16);
        return _files.IsData(Smb2FileId.Read(ref reader));
    }

    /// <summary>Takes one message, of which only the first bytes may be at hand.</summary>
    public void Take(Direction direction, in Smb2Header header, ReadOnlySpan<byte> message, Smb2Related related, FrameRef frame, Timestamp time)
    {
        if (header.IsResponse)
        {
            Response(direction, header, message, related, frame, time);
        }
        else
        {
            Request(direction, header, message, frame, time);
        }
    }

    /// <summary>Finds a share.</summary>
    public SmbTree? Tree(ulong session, uint tree) => _trees.Find((session, tree));

    /// <summary>Finds the account of a session.</summary>
    public string? Account(ulong session) => _sessions.Find(session)?.Account;

    /// <summary>States what was never finished.</summary>
    public void End()
    {
        _emitter.Requests = _requests;
        if (_offer is { } offer)
        {
            _offer = null;
            _emitter.Negotiated(offer.Negotiation);
        }

        _files.End();
        foreach (SmbSession session in _sessions.Values)
        {
            session.Security.End();
        }

        foreach (Smb2Request request in _pending.Values)
        {
            Forget(request);
        }
    }

    /// <summary>Gets a part of a message by an offset from its header; nothing if it is not there.</summary>
    public static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> message, uint offset, uint length)
        => offset <= (uint)message.Length && length <= (uint)message.Length - offset ? message.Slice((int)offset, (int)length) : default;

    private static string CommandName(Smb2Command command) => command switch
    {
        Smb2Command.Negotiate => "negotiate",
        Smb2Command.SessionSetup => "session setup",
        Smb2Command.Logoff => "logoff",
        Smb2Command.TreeConnect => "tree connect",
        Smb2Command.TreeDisconnect => "tree disconnect",
        Smb2Command.Create => "create",
        Smb2Command.Close => "close",
        Smb2Command.Flush => "flush",
        Smb2Command.Read => "read",
        Smb2Command.Write => "write",
        Smb2Command.Lock => "lock",
        Smb2Command.Ioctl => "ioctl",
        Smb2Command.Cancel => "cancel",
        Smb2Command.Echo => "echo",
        Smb2Command.QueryDirectory => "query directory",
        Smb2Command.ChangeNotify => "change notify",
        Smb2Command.QueryInfo => "query info",
        Smb2Command.SetInfo => "set info",
        Smb2Command.OplockBreak => "oplock break",
        _ => "unknown",
    };

    private void Request(Direction direction, in Smb2Header header, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        _emitter.CountRequest(CommandName(header.Command), frame, time);
        var request = new Smb2Request { Command = header.Command, Session = header.Session, Tree = header.Tree, Frame = frame, Time = time };
        switch (header.Command)
        {
            case Smb2Command.Negotiate:
                Offer(header, message, frame, time);
                return;
            case Smb2Command.Cancel:
                return;
            case Smb2Command.SessionSetup:
                Login(direction, request, message, frame, time);
                break;
            case Smb2Command.TreeConnect:
                var reader = new WireReader(message);
                reader.Skip(Smb2Header.Size + 4);
                ushort offset = reader.U16Little();
                request.Name = Utf16Text.Decode(Part(message, offset, reader.U16Little()));
                break;
            default:
                _files.Request(direction, request, message);
                break;
        }

        Forget(_pending.Set(header.Message, request, out bool isEvicted));
        Note(isEvicted, "more requests without response than are kept", frame, time);
    }

    private void Response(Direction direction, in Smb2Header header, ReadOnlySpan<byte> message, Smb2Related related, FrameRef frame, Timestamp time)
    {
        _emitter.CountStatus(header.Status, frame, time);
        if (header.Command == Smb2Command.Negotiate)
        {
            Choose(direction, header, message, frame, time);
            return;
        }

        if (header.Status == SmbStatus.Pending && header.IsAsync)
        {
            return;   // the final response follows
        }

        if (_pending.Remove(header.Message) is not { } request)
        {
            return;
        }

        _emitter.Answered(direction, request.Time, frame, time);
        switch (header.Command)
        {
            case Smb2Command.SessionSetup:
                LoggedIn(direction, header, request, message, frame, time);
                break;
            case Smb2Command.TreeConnect:
                Connected(header, request, message, frame, time);
                break;
            case Smb2Command.TreeDisconnect:
                _trees.Remove((request.Session, request.Tree));
                break;
            default:
                _files.Response(direction, header, request, message, related, frame, time);
                break;
        }
    }

    // MS-SMB2, 2.2.3
    private void Offer(in Smb2Header header, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 2);
        int count = Math.Min((int)reader.U16Little(), MostDialects);
        reader.Skip(32);
        var offered = new List<string>(count);
        for (int i = 0; i < count; i++)
        {
            ushort dialect = reader.U16Little();
            if (reader.Overrun)
            {
                break;
            }

            offered.Add(SmbDialects.Name(dialect));
        }

        _offer = (new SmbNegotiation { Flow = _emitter.Flow.Id, Frame = frame, Time = time, Direction = _emitter.Requests, Offered = offered }, header.Message);
    }

    // MS-SMB2, 2.2.4
    private void Choose(Direction direction, in Smb2Header header, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        SmbNegotiation negotiation = _offer?.Negotiation
            ?? new SmbNegotiation { Flow = _emitter.Flow.Id, Frame = frame, Time = time, Direction = _emitter.Requests };
        _offer = null;
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 2);
        ushort security = reader.U16Little();
        ushort dialect = reader.U16Little();
        ushort contexts = reader.U16Little();
        ReadOnlySpan<byte> id = reader.Take(16);
        uint capabilities = reader.U32Little();
        reader.Skip(28);
        reader.U16Little();
        reader.U16Little();
        uint contextOffset = reader.U32Little();
        if (reader.Overrun || !SmbStatus.IsSuccess(header.Status))
        {
            _emitter.Negotiated(negotiation);
            return;
        }

        _emitter.Negotiated(negotiation with
        {
            Dialect = SmbDialects.Name(dialect),
            RequiresSigning = (security & SigningRequired) != 0,
            ServerId = new Guid(id).ToString(),
            Capabilities = capabilities,
            Cipher = dialect == 0x0311 ? Cipher(message, contextOffset, contexts) : null,
        });
    }

    private static string? Cipher(ReadOnlySpan<byte> message, uint offset, int count)
    {
        var reader = new WireReader(message);
        reader.Skip((int)Math.Min(offset, int.MaxValue));
        for (int i = 0; i < Math.Min(count, MostContexts) && !reader.Overrun; i++)
        {
            ushort type = reader.U16Little();
            ushort length = reader.U16Little();
            reader.Skip(4);
            var data = new WireReader(reader.Take(length));
            reader.Skip(-reader.Position & 7);
            if (type == EncryptionContext)
            {
                data.Skip(2);
                return SmbDialects.Cipher(data.U16Little());
            }
        }

        return null;
    }

    // MS-SMB2, 2.2.5
    private void Login(Direction direction, Smb2Request request, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 12);
        ushort offset = reader.U16Little();
        ReadOnlySpan<byte> token = Part(message, offset, reader.U16Little());

        // A new session has no number before the first response gives it one; several may be set up at once (3.2.4.2.3). Programs that
        // collect logins answer with zero: only then does the next request without a number go on.
        SmbSession? known = request.Session == 0 ? _sessions.Remove(0) : _sessions.Find(request.Session);
        SmbSession session = known ?? new SmbSession(new GssapiTracker(_emitter.Flow, _emitter.Bus, "smb"));
        request.NewSession = session;
        if (known is null && request.Session != 0)
        {
            Keep(request.Session, session, frame, time);
        }

        session.Security.Take(direction, token, frame, time);
    }

    // MS-SMB2, 2.2.6
    private void LoggedIn(Direction direction, in Smb2Header header, Smb2Request request, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 2);
        ushort flags = reader.U16Little();
        ushort offset = reader.U16Little();
        ReadOnlySpan<byte> token = Part(message, offset, reader.U16Little());
        if (request.NewSession is not { } session)
        {
            return;
        }

        if (request.Session == 0 && (header.Status is 0 or SmbStatus.MoreProcessingRequired))
        {
            Keep(header.Session, session, frame, time);
        }

        if (header.Status == SmbStatus.MoreProcessingRequired)
        {
            session.Security.Take(direction, token, frame, time);
            return;
        }

        bool isAnonymous = session.TakeAccount();
        bool isSuccess = header.Status == 0;
        session.Security.Ntlm.Settle(isSuccess, header.Status);
        _emitter.LoggedIn(new SmbLogin
        {
            Flow = _emitter.Flow.Id,
            Frame = request.Frame,
            Time = request.Time,
            Direction = _emitter.Requests,
            Account = session.Account,
            Mechanism = session.Mechanism,
            Status = header.Status,
            IsGuest = isSuccess && (flags & Guest) != 0,
            IsAnonymous = isAnonymous || (isSuccess && (flags & NullSession) != 0),
        });
    }

    private void Keep(ulong id, SmbSession session, FrameRef frame, Timestamp time)
    {
        _sessions.Set(id, session, out bool isEvicted)?.Security.End();
        Note(isEvicted, "more sessions than are kept", frame, time);
    }

    // What has a number is told when its session ends.
    private static void Forget(Smb2Request? request)
    {
        if (request is { Session: 0, NewSession: { } session })
        {
            session.Security.End();
        }
    }

    private void Note(bool isBroken, string rule, FrameRef frame, Timestamp time)
    {
        if (isBroken)
        {
            _emitter.Anomaly(rule, frame, time);
        }
    }

    // MS-SMB2, 2.2.10
    private void Connected(in Smb2Header header, Smb2Request request, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 2);
        SmbFileKind kind = reader.U8() switch { 2 => SmbFileKind.Pipe, 3 => SmbFileKind.Printer, _ => SmbFileKind.Disk };
        reader.Skip(1);
        uint flags = reader.U32Little();
        bool isSuccess = SmbStatus.IsSuccess(header.Status);
        if (isSuccess)
        {
            _trees.Set((header.Session, header.Tree), new SmbTree(request.Name ?? string.Empty, kind), out bool isEvicted);
            Note(isEvicted, "more shares than are kept", frame, time);
        }

        _emitter.Connected(new SmbTreeConnect
        {
            Flow = _emitter.Flow.Id,
            Frame = request.Frame,
            Time = request.Time,
            Direction = _emitter.Requests,
            Path = request.Name ?? string.Empty,
            Kind = isSuccess ? kind : SmbFileKind.Disk,
            Account = Account(header.Session),
            Status = header.Status,
            IsEncrypted = isSuccess && (flags & EncryptData) != 0,
        });
    }
}
