using System.Buffers.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Modules.Protocols.Mail;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>Gathers the messages that a session fetches and appends; pieces of one message that come in turn are put together.</summary>
/// <param name="flow">The connection.</param>
/// <param name="bus">Where records go.</param>
internal sealed class ImapMails(FlowContext flow, RecordBus bus)
{
    private readonly MailTeller _mails = new(flow, bus, "imap");
    private MailBytes? _fetched;
    private MailBytes? _appended;
    private uint _message;
    private uint _response;
    private long? _size;
    private long _piece;
    private bool _isPartial;
    private bool _isLast;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _mails.IsWanted;

    /// <summary>A line of the server that is not answered to a tag: a response begins, or goes on behind a literal.</summary>
    public void Response(ReadOnlySpan<byte> line, bool isBegin)
    {
        if (isBegin)
        {
            ReadOnlySpan<byte> rest = line[1..].TrimStart((byte)' ');
            _response = Utf8Parser.TryParse(rest, out uint number, out int used) && LineReader.Begins(rest[used..].TrimStart((byte)' '), "FETCH "u8) ? number : 0;
            _size = null;
        }

        if (_response != 0 && line.IndexOf("RFC822.SIZE "u8) is >= 0 and var at && Utf8Parser.TryParse(line[(at + 12)..], out uint size, out _))
        {
            _size = size;
        }
    }

    /// <summary>A literal of the server follows.</summary>
    public LineBody Fetched(ReadOnlySpan<byte> before, long length)
    {
        if (!IsWanted || _response == 0 || !FetchItem.TryRead(before, _response, out FetchItem item))
        {
            return new CountedBody(length, null);
        }

        bool goesOn = _fetched is { } fetched && item.Origin > 0 && item.Message == _message && item.Origin == fetched.Seen + fetched.Missing;
        if (!goesOn)
        {
            Finish();
            if (item.Origin is > 0)
            {
                // The beginning was fetched elsewhere: such a piece is no message.
                return new CountedBody(length, null);
            }

            _fetched = _mails.Begin(Direction.ToOriginator);
            (_message, _piece, _isPartial, _isLast) = (item.Message, length, item.Origin is not null, item.Origin is null);
        }

        // A piece that is shorter than the first one is the last.
        _isLast |= length < _piece || (_size is { } size && size == (item.Origin ?? 0) + length);
        return new CountedBody(length, _fetched);
    }

    /// <summary>A literal of the server has ended.</summary>
    public void FetchedOver()
    {
        if (!_isPartial || _isLast)
        {
            Finish();
        }
    }

    /// <summary>A message that the client appends follows.</summary>
    public LineBody Appended(long length)
    {
        _appended = IsWanted ? _mails.Begin(Direction.ToResponder) : null;
        return new CountedBody(length, _appended);
    }

    /// <summary>A literal of the client has ended.</summary>
    public void AppendedOver(bool isWhole = true)
    {
        if (_appended is { Seen: > 0 } mail)
        {
            _mails.Tell(Direction.ToResponder, mail, isWhole, MailEnvelope.None);
        }

        _appended = null;
    }

    /// <summary>The session is over.</summary>
    public void End()
    {
        _isLast &= _isPartial;
        Finish();
        AppendedOver(isWhole: false);
        _mails.End();
    }

    private void Finish()
    {
        if (_fetched is { Seen: > 0 } mail)
        {
            _mails.Tell(Direction.ToOriginator, mail, _isLast, MailEnvelope.None);
        }

        _fetched = null;
    }
}
