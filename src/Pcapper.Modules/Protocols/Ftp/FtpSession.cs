using System.Buffers;
using System.Buffers.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>Follows a session of FTP: pairs commands with replies, knows the directory, and announces data connections.</summary>
/// <param name="flow">The control connection.</param>
/// <param name="bus">Where records go.</param>
internal sealed class FtpSession(FlowContext flow, RecordBus bus)
{
    private const int LongestCommand = 8;

    private static readonly SearchValues<byte> s_letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private readonly Emitter<FtpTransaction> _transactions = bus.Emitter<FtpTransaction>();
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly PendingCommands<FtpRequest> _pending = new();
    private string _directory = "/";
    private string? _user;
    private FtpChannel? _channel;
    private FtpDataNote? _note;
    private (string Name, long Bytes)? _size;
    private long _offset;
    private string? _renamed;
    private bool _isText = true;
    private int _open;
    private string? _firstText;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _transactions.IsWanted;

    /// <summary>The client sends a command.</summary>
    public void Command(ReadOnlySpan<byte> word, ReadOnlySpan<byte> argument, in StreamChunk chunk)
    {
        if (word.IsEmpty || word.Length > LongestCommand || word.ContainsAnyExcept(s_letters))
        {
            return;
        }

        string command = WireText.Decode(word).ToUpperInvariant();
        string text = WireText.Decode(argument);
        if (command == "USER")
        {
            _user = text;
        }

        FtpChannel? told = Told(command, argument);
        bool movesData = FtpCommands.MovesData(command);
        if (movesData)
        {
            Fill(command, text);
        }

        var request = new FtpRequest
        {
            Note = movesData ? _note : null,
            Transaction = new FtpTransaction
            {
                Flow = flow.Id,
                Frame = chunk.Frame,
                Time = chunk.Time,
                Command = command,
                Argument = command == "PASS" ? string.Empty : text,
                User = _user,
                Directory = _directory,
                Size = command == "RETR" && _size is { } size && size.Name == FtpPath.Join(_directory, text) ? size.Bytes : null,
                Channel = movesData ? _channel : told,
            },
        };
        if (movesData)
        {
            (_channel, _note, _offset) = (null, null, 0);
        }

        if (_pending.Add(request) is { } dropped)
        {
            Anomaly(dropped.Transaction, "too many commands without a reply");
            State(dropped.Transaction);
        }
    }

    /// <summary>The server sends a line of a reply. Lines between the first and the last of one reply may look like anything (RFC 959, 4.2).</summary>
    public void Answer(int code, bool isLast, ReadOnlySpan<byte> text, in StreamChunk chunk)
    {
        _firstText ??= WireText.Decode(text);
        if (!isLast)
        {
            _open = code;
            return;
        }

        string first = _firstText;
        (_open, _firstText) = (0, null);
        if (_pending.Next is not { } request)
        {
            return;
        }

        if (code < 200)
        {
            Begin(request, text);
            return;
        }

        _pending.Take();
        Settle(request, code, text);
        State(request.Transaction with { Code = code, Text = first, ReplyFrame = chunk.Frame });
    }

    /// <summary>Tells whether a line is inside of a reply that has begun with another code.</summary>
    public bool IsInside(int code) => _open != 0 && code != _open;

    /// <summary>Lines of a direction are missing: what was sent before is not paired any more.</summary>
    public void Lost()
    {
        End();
        (_open, _firstText) = (0, null);
    }

    /// <summary>The session is over: states what was never answered.</summary>
    public void End()
    {
        while (_pending.Take() is { } request)
        {
            State(request.Transaction);
        }
    }

    private FtpChannel? Told(string command, ReadOnlySpan<byte> argument)
    {
        (IpAddress Address, ushort Port)? told = command switch
        {
            "PORT" => FtpAddress.Numbered(argument),
            "EPRT" => FtpAddress.Extended(argument),
            _ => null,
        };
        if (told is not { } end)
        {
            return null;
        }

        // The server opens it once it is told what to send: a refusal leaves nothing that would be opened.
        var channel = new FtpChannel(false, flow.Id.Responder, end.Address, end.Port);
        Announce(channel);
        return channel;
    }

    private void Announce(FtpChannel channel)
    {
        _channel = channel;
        _note = new FtpDataNote();
        flow.Expect(new Expectation(channel.Address, channel.Port, IpProtocol.Tcp, "ftp-data", _note));
    }

    private void Fill(string command, string argument)
    {
        if (_note is null)
        {
            return;
        }

        _note.Command = command;
        _note.Path = argument.Length == 0 ? null : FtpPath.Join(_directory, argument);
        _note.Offset = _offset;
        _note.IsText = _isText;
        _note.Size = _size is { } size && size.Name == _note.Path ? size.Bytes : null;
    }

    // "150 Opening BINARY mode data connection for a.txt (1234 bytes)."
    private static void Begin(FtpRequest request, ReadOnlySpan<byte> text)
    {
        if (request.Command == "RETR" && text.LastIndexOf((byte)'(') is >= 0 and var open && Utf8Parser.TryParse(text[(open + 1)..], out long size, out int used)
            && size >= 0 && LineReader.Begins(text[(open + 1 + used)..], " byte"u8))
        {
            request.Transaction = request.Transaction with { Size = size };
            if (request.Note is { } note)
            {
                note.Size ??= size;
            }
        }
    }

    private void Settle(FtpRequest request, int code, ReadOnlySpan<byte> text)
    {
        string argument = request.Transaction.Argument;
        bool isDone = code < 300;
        switch (request.Command)
        {
            case "PASV" when code == 227 && FtpAddress.Numbered(text) is { } end:
                Passive(request, end.Address, end.Port);
                break;
            case "EPSV" when code == 229 && FtpAddress.ExtendedPort(text) is { } port:
                Passive(request, flow.Id.Responder, port);
                break;
            case "CWD" or "XCWD" when isDone:
                _directory = FtpPath.Join(_directory, argument);
                break;
            case "CDUP" or "XCUP" when isDone:
                _directory = FtpPath.Join(_directory, "..");
                break;
            case "PWD" or "XPWD" when code == 257 && FtpPath.Quoted(WireText.Decode(text)) is { Length: > 0 } path:
                _directory = FtpPath.Join("/", path);
                break;
            case "SIZE" when code == 213 && Utf8Parser.TryParse(text, out long size, out _) && size >= 0:
                _size = (FtpPath.Join(_directory, argument), size);
                request.Transaction = request.Transaction with { Size = size };
                break;
            case "TYPE" when isDone:
                _isText = argument.StartsWith('A') || argument.StartsWith('a');
                break;
            case "REST" when code == 350 && long.TryParse(argument, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long offset):
                _offset = offset;
                break;
            case "RNFR" when code == 350:
                _renamed = FtpPath.Join(_directory, argument);
                break;
            case "RNTO":
                request.Transaction = request.Transaction with { RenamedFrom = _renamed };
                _renamed = null;
                break;
        }

        if (request.Note is { } note && code >= 400)
        {
            note.IsRefused = true;
        }
    }

    // Servers behind a translating router tell an address that clients do not use: data comes from the host of the control connection then.
    private void Passive(FtpRequest request, IpAddress told, ushort port)
    {
        IpAddress address = told == flow.Id.Originator ? told : flow.Id.Responder;
        Announce(new FtpChannel(true, flow.Id.Originator, address, port));
        request.Transaction = request.Transaction with { Channel = new FtpChannel(true, flow.Id.Originator, told, port) };
    }

    private void State(FtpTransaction transaction)
    {
        if (_transactions.IsWanted)
        {
            _transactions.Emit(transaction);
        }
    }

    private void Anomaly(FtpTransaction transaction, string rule)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = transaction.Frame, Time = transaction.Time, Protocol = "ftp", Rule = rule });
        }
    }
}
