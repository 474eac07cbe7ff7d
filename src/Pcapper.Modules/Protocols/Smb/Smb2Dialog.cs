using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Follows the messages of SMB 2 and 3 (MS-SMB2) of one connection: dialect, sessions and shares; <see cref="Smb2Files"/> follows the files.</summary>
internal sealed class Smb2Dialog
{
    /// <summary>How many bytes of a message tell all but what a file holds.</summary>
    public const int Head = Limits.Message + 4096;

    private const int FileHead = Smb2Header.Size + 48 + 512;   // the fixed part of a read or write, and the file's first bytes
    private const int MostCompound = 64;
    private const int MostSessions = 256;
    private const int MostTrees = 1024;
    private const int MostDialects = 16;
    private const int MostContexts = 16;
    private const ushort EncryptionContext = 2;
    private const ushort SigningRequired = 2;
    private const ushort Guest = 1;
    private const ushort NullSession = 2;
    private const uint EncryptData = 0x8000;

    private readonly SmbEmitter _emitter;
    private readonly Smb2Files _files;
    private readonly RecentMap<ulong, Smb2Request> _pending = new(Limits.MessagesInFlight);
    private readonly RecentMap<ulong, SmbSession> _sessions = new(MostSessions);
    private readonly RecentMap<(ulong Session, uint Tree), SmbTree> _trees = new(MostTrees);
    private (SmbNegotiation Negotiation, ulong Message)? _offer;

    /// <summary>Initializes a new instance of the <see cref="Smb2Dialog"/> class.</summary>
    public Smb2Dialog(SmbEmitter emitter)
    {
        _emitter = emitter;
        _files = new Smb2Files(emitter, this);
    }

    /// <summary>Tells how many bytes of a message must be at hand before it is taken.</summary>
    /// <param name="head">Its first bytes, at least the header.</param>
    /// <param name="total">How many it has.</param>
    public int Needed(ReadOnlySpan<byte> head, int total)
    {
        bool isRead = Smb2Header.TryRead(head, out Smb2Header header) && header is { Command: Smb2Command.Read, IsResponse: true, Next: 0 };
        bool isWrite = header is { Command: Smb2Command.Write, IsResponse: false, Next: 0 };
        if (isWrite && head.Length < Smb2Header.Size + 32)
        {
            return Math.Min(total, Smb2Header.Size + 32);
        }

        bool isFile = (isRead && _pending.Find(header.Message) is { } request && _files.IsData(request.File)) || (isWrite && _files.IsData(WrittenFile(head)));
        return Math.Min(total, isFile ? FileHead : Head);
    }

    /// <summary>Takes one message, of which only the first bytes may be at hand, or several compounded.</summary>
    public void Take(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        Smb2Header before = default;
        var related = new Smb2Related();
        for (int i = 0; i < MostCompound; i++)
        {
            if (!Smb2Header.TryRead(bytes, out Smb2Header header))
            {
                _emitter.Anomaly("SMB 2 header", frame, time);
                return;
            }

            if (header.IsRelated && !header.IsResponse && i > 0)
            {
                header = header with { Session = before.Session, Tree = before.Tree };
            }

            bool isLast = header.Next < Smb2Header.Size || header.Next >= bytes.Length;
            ReadOnlySpan<byte> message = isLast ? bytes : bytes[..(int)header.Next];
            _emitter.Requests = header.IsResponse ? direction.Opposite() : direction;
            if (header.IsResponse)
            {
                Response(direction, header, message, related, frame, time);
            }
            else
            {
                Request(direction, header, message, frame, time);
            }

            if (isLast)
            {
                return;
            }

            before = header;
            bytes = bytes[(int)header.Next..];
        }
    }

    /// <summary>Finds a share.</summary>
    public SmbTree? Tree(ulong session, uint tree) => _trees.Find((session, tree));

    /// <summary>Finds the account of a session.</summary>
    public string? Account(ulong session) => _sessions.Find(session)?.Account;

    /// <summary>States what was never finished.</summary>
    public void End()
    {
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
    }

    /// <summary>Gets a part of a message by an offset from its header; nothing if it is not there.</summary>
    public static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> message, uint offset, uint length)
        => offset <= (uint)message.Length && length <= (uint)message.Length - offset ? message.Slice((int)offset, (int)length) : default;

    private static Smb2FileId WrittenFile(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 16);
        return Smb2FileId.Read(ref reader);
    }

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

        _pending.Set(header.Message, request);
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

        switch (header.Command)
        {
            case Smb2Command.SessionSetup:
                LoggedIn(direction, header, request, message, frame, time);
                break;
            case Smb2Command.TreeConnect:
                Connected(header, request, message);
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
        SmbSession session = _sessions.Find(request.Session) ?? new SmbSession(new GssapiTracker(_emitter.Flow, _emitter.Bus, "smb"));
        request.NewSession = session;
        Forget(_sessions.Set(request.Session, session), session);
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
        SmbSession? session = _sessions.Find(header.Session) ?? request.NewSession;
        if (session is null)
        {
            return;
        }

        // A new session gets its number with the first response.
        if (header.Session != 0)
        {
            if (request.Session == 0)
            {
                _sessions.Remove(0);
            }

            Forget(_sessions.Set(header.Session, session), session);
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

    private static void Forget(SmbSession? gone, SmbSession kept)
    {
        if (gone != kept)
        {
            gone?.Security.End();
        }
    }

    // MS-SMB2, 2.2.10
    private void Connected(in Smb2Header header, Smb2Request request, ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 2);
        SmbFileKind kind = reader.U8() switch { 2 => SmbFileKind.Pipe, 3 => SmbFileKind.Printer, _ => SmbFileKind.Disk };
        reader.Skip(1);
        uint flags = reader.U32Little();
        bool isSuccess = SmbStatus.IsSuccess(header.Status);
        if (isSuccess)
        {
            _trees.Set((header.Session, header.Tree), new SmbTree(request.Name ?? string.Empty, kind));
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
