using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Follows the messages of SMB 1 (MS-CIFS, MS-SMB) of one connection: dialect, sessions and shares; <see cref="Smb1Files"/> follows the files.</summary>
internal sealed class Smb1Dialog
{
    private const int MostDialects = 32;
    private const int ExtendedSetupWords = 12;      // MS-SMB, 2.2.4.6.1
    private const int PlainSetupWords = 13;         // MS-CIFS, 2.2.4.53.1
    private const uint ExtendedSecurity = 0x80000000;
    private const byte SigningRequired = 8;
    private const ushort GuestAction = 1;
    private const byte BufferFormat = 2;

    private readonly SmbEmitter _emitter;
    private readonly Direction _requests;
    private readonly Smb1Files _files;
    private readonly Smb1PlainLogin _logins;
    private readonly RecentMap<(ushort Process, ushort Multiplex), Smb1Request> _pending = new(Limits.MessagesInFlight);
    private readonly RecentMap<ushort, SmbSession> _sessions = new(Limits.SmbSessions);
    private readonly RecentMap<ushort, SmbTree> _trees = new(Limits.SmbShares);
    private SmbNegotiation? _offer;

    /// <summary>Initializes a new instance of the <see cref="Smb1Dialog"/> class.</summary>
    /// <param name="emitter">Where records go.</param>
    /// <param name="requests">Which way the client's requests go.</param>
    public Smb1Dialog(SmbEmitter emitter, Direction requests)
    {
        _emitter = emitter;
        _requests = requests;
        _files = new Smb1Files(emitter, this);
        _logins = new Smb1PlainLogin(emitter.Flow, emitter.Bus);
    }

    /// <summary>Takes one message, of which only the first bytes may be at hand.</summary>
    public void Take(Direction direction, in Smb1Header header, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        Smb1Request? request = null;
        if (header.IsResponse)
        {
            _emitter.CountStatus(header.Status, frame, time);
            request = _pending.Remove((header.Process, header.Multiplex));
            Smb1Exploits.Answer(_emitter, header, request, frame, time);
        }

        Chain(direction, header, message, ref request, frame, time);
        Forget(request);
    }

    /// <summary>Finds a share.</summary>
    public SmbTree? Tree(ushort tree) => _trees.Find(tree);

    /// <summary>Finds the account of a session.</summary>
    public string? Account(ushort user) => _sessions.Find(user)?.Account;

    /// <summary>States what was never finished.</summary>
    public void End()
    {
        _emitter.Requests = _requests;
        if (_offer is { } offer)
        {
            _offer = null;
            _emitter.Negotiated(offer);
        }

        _files.End();
        foreach (SmbSession session in _sessions.Values)
        {
            session.Security.End();
        }

        foreach (Smb1Request request in _pending.Values)
        {
            Forget(request);
        }
    }

    // Takes the commands of a message one after the other; the request moves on to the first that has no answer.
    private void Chain(Direction direction, in Smb1Header header, ReadOnlySpan<byte> message, ref Smb1Request? request, FrameRef frame, Timestamp time)
    {
        Smb1Command command = header.Command;
        int offset = Smb1Header.Size;
        Smb1Request? last = null;
        for (int i = 0; command != Smb1Command.None; i++)
        {
            if (i == Limits.SmbChain)
            {
                _emitter.Anomaly("SMB 1 chain too long", frame, time);
                return;
            }

            if (!Smb1Block.TryRead(message, offset, command, out Smb1Block block))
            {
                _emitter.Anomaly("SMB 1 words", frame, time);
                return;
            }

            if (header.IsResponse)
            {
                Response(direction, header, block, request, frame, time);
                Tell(request);
                request = request?.Next;
            }
            else
            {
                Smb1Request next = Request(direction, header, block, frame, time);
                if (last is null)
                {
                    Forget(_pending.Set((header.Process, header.Multiplex), next, out bool isEvicted));
                    Note(isEvicted, "more requests without response than are kept", frame, time);
                }
                else
                {
                    last.Next = next;
                }

                last = next;
            }

            // A chain only goes forward.
            command = block.NextOffset > offset ? block.NextCommand : Smb1Command.None;
            offset = block.NextOffset;
        }
    }

    // A request that gets no answer: what it says is told without its outcome. A chain has as many.
    private void Forget(Smb1Request? request)
    {
        for (; request is not null; request = request.Next)
        {
            request.NewSession?.Security.End();
            Tell(request);
        }
    }

    private void Tell(Smb1Request? request)
    {
        if (request?.Login is { } login)
        {
            request.Login = null;
            _logins.Tell(login);
        }
    }

    private void Note(bool isBroken, string rule, FrameRef frame, Timestamp time)
    {
        if (isBroken)
        {
            _emitter.Anomaly(rule, frame, time);
        }
    }

    private Smb1Request Request(Direction direction, in Smb1Header header, in Smb1Block block, FrameRef frame, Timestamp time)
    {
        _emitter.CountRequest(Smb1Names.Command(block.Command), frame, time);
        var request = new Smb1Request { Command = block.Command, User = header.User, Tree = header.Tree, Frame = frame, Time = time };
        switch (block.Command)
        {
            case Smb1Command.Negotiate:
                Offer(block, frame, time);
                break;
            case Smb1Command.SessionSetupAndX:
                Login(direction, header, block, request);
                break;
            case Smb1Command.TreeConnectAndX:
                Connect(header, block, request);
                break;
            default:
                Smb1Exploits.Request(_emitter, header, block, request);
                _files.Request(direction, header, block, request);
                break;
        }

        return request;
    }

    private void Response(Direction direction, in Smb1Header header, in Smb1Block block, Smb1Request? request, FrameRef frame, Timestamp time)
    {
        switch (block.Command)
        {
            case Smb1Command.Negotiate:
                Choose(direction, header, block, frame, time);
                break;
            case Smb1Command.SessionSetupAndX when request is not null:
                LoggedIn(direction, header, block, request, frame, time);
                break;
            case Smb1Command.TreeConnectAndX when request is not null:
                Connected(header, block, request);
                break;
            case Smb1Command.TreeDisconnect:
                _trees.Remove(header.Tree);
                break;
            default:
                if (request is not null)
                {
                    _files.Response(direction, header, block, request, frame, time);
                }

                break;
        }
    }

    // MS-CIFS, 2.2.4.52.1: each dialect is a 2 and a text that ends in a zero.
    private void Offer(in Smb1Block block, FrameRef frame, Timestamp time)
    {
        var offered = new List<string>();
        int at = 0;
        while (at < block.Bytes.Length && block.Bytes[at] == BufferFormat && offered.Count < MostDialects)
        {
            at++;
            offered.Add(block.Text(ref at, isUnicode: false));
        }

        _offer = new SmbNegotiation { Flow = _emitter.Flow.Id, Frame = frame, Time = time, Direction = _emitter.Requests, Offered = offered };
    }

    // MS-CIFS, 2.2.4.52.2; MS-SMB, 2.2.4.5.2
    private void Choose(Direction direction, in Smb1Header header, in Smb1Block block, FrameRef frame, Timestamp time)
    {
        SmbNegotiation negotiation = _offer ?? new SmbNegotiation { Flow = _emitter.Flow.Id, Frame = frame, Time = time, Direction = _emitter.Requests };
        _offer = null;
        var words = new WireReader(block.Words);
        ushort index = words.U16Little();
        byte security = words.U8();
        words.Skip(16);
        uint capabilities = words.U32Little();
        bool isNone = index == ushort.MaxValue || block.Words.IsEmpty || header.Status != 0;
        if (!isNone && (capabilities & ExtendedSecurity) != 0 && block.Bytes.Length >= 16)
        {
            negotiation = negotiation with { ServerId = new Guid(block.Bytes[..16]).ToString() };
        }
        else if (!isNone)
        {
            _logins.Negotiated(security, block.Bytes);
        }

        _emitter.Negotiated(isNone ? negotiation : negotiation with
        {
            Dialect = index < negotiation.Offered.Count ? negotiation.Offered[index]
                : negotiation.Offered.Count == 0 && block.WordCount == 17 ? SmbDialects.NtLm
                : string.Create(CultureInfo.InvariantCulture, $"SMB 1 dialect {index}"),
            RequiresSigning = (security & SigningRequired) != 0,
            Capabilities = capabilities,
        });
    }

    private void Login(Direction direction, in Smb1Header header, in Smb1Block block, Smb1Request request)
    {
        SmbSession session = _sessions.Find(header.User) ?? new SmbSession(new GssapiTracker(_emitter.Flow, _emitter.Bus, "smb"));
        request.NewSession = session;
        var words = new WireReader(block.Words);
        words.Skip(14);
        ushort length = words.U16Little();
        int at;
        if (block.WordCount == ExtendedSetupWords)
        {
            session.Security.Take(direction, block.Part(block.BytesOffset, Math.Min(length, block.Bytes.Length)), request.Frame, request.Time);
            at = length;
        }
        else if (block.WordCount == PlainSetupWords)
        {
            ushort unicodeLength = words.U16Little();
            at = length + unicodeLength;   // the two responses, which go without NTLM messages
            ReadOnlySpan<byte> responses = block.Bytes[..Math.Min(at, block.Bytes.Length)];
            string account = block.Text(ref at, header.IsUnicode);
            string domain = block.Text(ref at, header.IsUnicode);
            session.Account = account.Length == 0 ? "anonymous" : domain.Length == 0 ? account : $"{domain}\\{account}";
            session.IsPlain = true;
            request.Login = responses.Length < length + unicodeLength ? null
                : _logins.Read(direction, responses[..length], responses[length..], account, domain, request.Frame, request.Time);
        }
        else
        {
            return;
        }

        request.System = block.Text(ref at, header.IsUnicode);
    }

    private void LoggedIn(Direction direction, in Smb1Header header, in Smb1Block block, Smb1Request request, FrameRef frame, Timestamp time)
    {
        if (request.NewSession is not { } session)
        {
            return;
        }

        if (header.User != 0)
        {
            if (_sessions.Set(header.User, session, out bool isEvicted) is { } gone && gone != session)
            {
                gone.Security.End();
            }

            Note(isEvicted, "more sessions than are kept", frame, time);
        }

        var words = new WireReader(block.Words);
        words.Skip(4);
        ushort action = words.U16Little();
        int at = 0;
        if (block.WordCount == 4)
        {
            at = words.U16Little();
            if (header.Status == SmbStatus.MoreProcessingRequired)
            {
                session.Security.Take(direction, block.Part(block.BytesOffset, Math.Min(at, block.Bytes.Length)), frame, time);
            }
        }

        if (header.Status == SmbStatus.MoreProcessingRequired)
        {
            return;
        }

        if (request.Login is { } login)
        {
            request.Login = null;
            _logins.Tell(login with { Success = header.Status == 0 });
        }

        bool isAnonymous = session.TakeAccount() || session.Account is "anonymous";
        session.Security.Ntlm.Settle(header.Status == 0, header.Status);
        _emitter.LoggedIn(new SmbLogin
        {
            Flow = _emitter.Flow.Id,
            Frame = request.Frame,
            Time = request.Time,
            Direction = _emitter.Requests,
            Account = session.Account,
            Mechanism = session.Mechanism,
            Status = header.Status,
            IsGuest = header.Status == 0 && (action & GuestAction) != 0,
            IsAnonymous = isAnonymous,
            ClientSystem = request.System is { Length: > 0 } system ? system : null,
            ServerSystem = block.Bytes.Length > at && block.Text(ref at, header.IsUnicode) is { Length: > 0 } server ? server : null,
        });
    }

    // MS-CIFS, 2.2.4.55.1
    private static void Connect(in Smb1Header header, in Smb1Block block, Smb1Request request)
    {
        var words = new WireReader(block.Words);
        words.Skip(6);
        int at = words.U16Little();   // the password of the share
        request.Name = block.Text(ref at, header.IsUnicode);
        request.Other = block.Text(ref at, isUnicode: false);
    }

    // MS-CIFS, 2.2.4.55.2
    private void Connected(in Smb1Header header, in Smb1Block block, Smb1Request request)
    {
        int at = 0;
        string service = block.Text(ref at, isUnicode: false);
        string fileSystem = block.Text(ref at, header.IsUnicode);
        bool isSuccess = SmbStatus.IsSuccess(header.Status);
        SmbFileKind kind = service switch { "IPC" => SmbFileKind.Pipe, "LPT1:" => SmbFileKind.Printer, _ => SmbFileKind.Disk };
        if (isSuccess)
        {
            _trees.Set(header.Tree, new SmbTree(request.Name ?? string.Empty, kind), out _);
        }

        _emitter.Connected(new SmbTreeConnect
        {
            Flow = _emitter.Flow.Id,
            Frame = request.Frame,
            Time = request.Time,
            Direction = _emitter.Requests,
            Path = request.Name ?? string.Empty,
            Kind = kind,
            Service = isSuccess && service.Length > 0 ? service : request.Other,
            FileSystem = isSuccess && fileSystem.Length > 0 ? fileSystem : null,
            Account = Account(header.User),
            Status = header.Status,
        });
    }
}
