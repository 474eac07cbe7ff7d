using Pcapper.Packets;

namespace Pcapper.Tests.Building;

/// <summary>
/// A TCP connection as a capture sees it. Words of change (<see cref="Reordered"/>, <see cref="Duplicated"/>, <see cref="Lost"/>)
/// are about the side that spoke last; the other side acknowledges when the next thing happens.
/// </summary>
public sealed class TcpConversation
{
    private readonly Side _client;
    private readonly Side _server;
    private readonly List<Item> _items = [];
    private int _segmentSize = 1460;
    private int _lastUtterance;
    private Side? _speaker;
    private bool _greets = true;
    private bool _started;
    private bool _acknowledges = true;
    private bool _ackPending;

    internal TcpConversation(string client, string server)
    {
        _client = new Side(client, isClient: true) { Next = 1000 };
        _server = new Side(server, isClient: false) { Next = 5000 };
    }

    internal IEnumerable<Item> Items
    {
        get
        {
            Start();
            Acknowledge();
            return _items;
        }
    }

    /// <summary>Sets the first sequence numbers.</summary>
    public TcpConversation Sequence(uint client, uint server)
    {
        _client.Next = client;
        _server.Next = server;
        return this;
    }

    /// <summary>The capture begins in the middle of the connection.</summary>
    public TcpConversation WithoutHandshake()
    {
        _greets = false;
        return this;
    }

    /// <summary>No segments that only acknowledge.</summary>
    public TcpConversation WithoutAcknowledgments()
    {
        _acknowledges = false;
        return this;
    }

    /// <summary>Sets how many bytes a segment carries at most, from here on.</summary>
    public TcpConversation SegmentSize(int bytes)
    {
        _segmentSize = bytes;
        return this;
    }

    /// <summary>The client sends.</summary>
    public TcpConversation Says(byte[] bytes) => Speak(_client, bytes);

    /// <summary>The client sends ASCII.</summary>
    public TcpConversation Says(string text) => Says(Hex.Text(text));

    /// <summary>The server sends.</summary>
    public TcpConversation Replies(byte[] bytes) => Speak(_server, bytes);

    /// <summary>The server sends ASCII.</summary>
    public TcpConversation Replies(string text) => Replies(Hex.Text(text));

    /// <summary>The side that spoke last sends bytes that the capture misses; before anything was said, the client.</summary>
    public TcpConversation Lost(int bytes)
    {
        Start();
        (_speaker ?? _client).Next += (uint)bytes;
        return this;
    }

    /// <summary>The segments of the last <see cref="Says(byte[])"/> or <see cref="Replies(byte[])"/> arrive in reverse order.</summary>
    public TcpConversation Reordered()
    {
        _items.Reverse(_lastUtterance, _items.Count - _lastUtterance);
        return this;
    }

    /// <summary>The segments of the last <see cref="Says(byte[])"/> or <see cref="Replies(byte[])"/> arrive once more.</summary>
    public TcpConversation Duplicated()
    {
        _items.AddRange(_items[_lastUtterance..]);
        return this;
    }

    /// <summary>The side that spoke last sends bytes again, from so many before its next one on; they may differ, or go beyond.</summary>
    public TcpConversation Resends(int back, byte[] bytes)
    {
        Side speaker = _speaker ?? _client;
        uint start = speaker.Next - (uint)back;
        Send(speaker, start, TcpFlags.Psh | TcpFlags.Ack, bytes);
        uint end = start + (uint)bytes.Length;
        speaker.Next = (int)(end - speaker.Next) > 0 ? end : speaker.Next;
        return this;
    }

    /// <summary>Time passes.</summary>
    public TcpConversation Waits(double milliseconds)
    {
        Start();
        Acknowledge();
        _items.Add(new Item(null, true, milliseconds));
        return this;
    }

    /// <summary>The client ends the connection, and the server follows.</summary>
    public TcpConversation Closes()
    {
        Start();
        Acknowledge();
        Send(_client, _client.Next++, TcpFlags.Fin | TcpFlags.Ack);
        Send(_server, _server.Next++, TcpFlags.Fin | TcpFlags.Ack);
        Send(_client, _client.Next, TcpFlags.Ack);
        return this;
    }

    /// <summary>The client, or the server, resets the connection.</summary>
    public TcpConversation Resets(bool byServer = false)
    {
        Start();
        Acknowledge();
        Side side = byServer ? _server : _client;
        Send(side, side.Next, TcpFlags.Rst | TcpFlags.Ack);
        return this;
    }

    private TcpConversation Speak(Side speaker, byte[] bytes)
    {
        Start();
        Acknowledge();
        _speaker = speaker;
        _lastUtterance = _items.Count;
        foreach (byte[] segment in bytes.Chunk(_segmentSize))
        {
            Send(speaker, speaker.Next, TcpFlags.Psh | TcpFlags.Ack, segment);
            speaker.Next += (uint)segment.Length;
        }

        _ackPending = true;
        return this;
    }

    private void Start()
    {
        if (_started)
        {
            return;
        }

        _started = true;
        if (_greets)
        {
            byte[] segmentSize = [2, 4, 5, 0xB4];
            Send(_client, _client.Next++, TcpFlags.Syn, options: segmentSize);
            Send(_server, _server.Next++, TcpFlags.Syn | TcpFlags.Ack, options: segmentSize);
            Send(_client, _client.Next, TcpFlags.Ack);
        }
    }

    private void Acknowledge()
    {
        if (_ackPending && _acknowledges && _speaker is { } speaker)
        {
            Side listener = speaker == _client ? _server : _client;
            Send(listener, listener.Next, TcpFlags.Ack);
        }

        _ackPending = false;
    }

    private void Send(Side from, uint sequence, TcpFlags flags, byte[]? payload = null, byte[]? options = null)
    {
        Side to = from == _client ? _server : _client;
        uint acknowledgment = (flags & TcpFlags.Ack) != 0 ? to.Next : 0;
        _items.Add(new Item(FrameBuilder.Tcp(from.End, to.End, sequence, acknowledgment, flags, payload, options), from.IsClient, 0));
    }

    /// <summary>A packet to send, or time to pass.</summary>
    internal sealed record Item(byte[]? Packet, bool FromClient, double Milliseconds);

    private sealed class Side(string end, bool isClient)
    {
        public string End { get; } = end;

        public bool IsClient { get; } = isClient;

        public uint Next { get; set; }
    }
}
