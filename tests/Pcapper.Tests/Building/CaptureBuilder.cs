using Pcapper.Packets;

namespace Pcapper.Tests.Building;

/// <summary>Builds a capture in memory, the same bytes every time.</summary>
public sealed class CaptureBuilder
{
    private readonly List<(Timestamp Time, byte[] Bytes, int OriginalLength)> _frames = [];
    private readonly long _step = Timestamp.PerSecond / 1000;
    private Timestamp _now = Timestamp.FromSeconds(1_767_225_600);
    private LinkType _linkType = LinkType.Ethernet;
    private int? _vlan;
    private int _snapLength = int.MaxValue;

    /// <summary>Gets how many frames there are so far.</summary>
    public int Count => _frames.Count;

    /// <summary>Sets the time of the next frame.</summary>
    public CaptureBuilder At(Timestamp time)
    {
        _now = time;
        return this;
    }

    /// <summary>Lets time pass before the next frame.</summary>
    public CaptureBuilder Waits(double milliseconds)
    {
        _now = new Timestamp(_now.Nanoseconds + (long)(milliseconds * 1_000_000));
        return this;
    }

    /// <summary>Tags the frames of all conversations from here on; null ends it.</summary>
    public CaptureBuilder Vlan(int? id)
    {
        _vlan = id;
        return this;
    }

    /// <summary>Cuts all frames from here on after that many bytes.</summary>
    public CaptureBuilder SnapLength(int bytes)
    {
        _snapLength = bytes;
        return this;
    }

    /// <summary>Sets what the frames of the whole capture begin with; conversations then come without Ethernet header if it is raw IP.</summary>
    public CaptureBuilder Link(LinkType linkType)
    {
        _linkType = linkType;
        return this;
    }

    /// <summary>Adds a frame as it is.</summary>
    public CaptureBuilder Frame(byte[] bytes, int? originalLength = null)
    {
        _frames.Add((_now, bytes[..Math.Min(bytes.Length, _snapLength)], originalLength ?? bytes.Length));
        _now = new Timestamp(_now.Nanoseconds + _step);
        return this;
    }

    /// <summary>Adds an IP packet, from the client's or the server's link address.</summary>
    public CaptureBuilder Packet(byte[] ip, bool fromClient = true)
    {
        if (_linkType is LinkType.Raw or LinkType.IPv4 or LinkType.IPv6)
        {
            return Frame(ip);
        }

        byte[] frame = fromClient
            ? FrameBuilder.Ethernet(ip)
            : FrameBuilder.Ethernet(ip, source: FrameBuilder.ServerMac, destination: FrameBuilder.ClientMac);
        return Frame(_vlan is { } id ? FrameBuilder.Vlan(frame, id) : frame);
    }

    /// <summary>Adds a TCP conversation, which begins with a handshake unless it is told not to.</summary>
    public CaptureBuilder Tcp(string client, string server, Action<TcpConversation> talk)
    {
        var conversation = new TcpConversation(client, server);
        talk(conversation);
        foreach (TcpConversation.Item item in conversation.Items)
        {
            if (item.Packet is { } packet)
            {
                Packet(packet, item.FromClient);
            }
            else
            {
                Waits(item.Milliseconds);
            }
        }

        return this;
    }

    /// <summary>Adds UDP datagrams each way.</summary>
    public CaptureBuilder Udp(string client, string server, Action<UdpConversation> talk)
    {
        talk(new UdpConversation(this, client, server));
        return this;
    }

    /// <summary>The capture as classic pcap with nanoseconds.</summary>
    public byte[] ToPcap()
    {
        using var stream = new MemoryStream();
        using (CaptureWriter writer = CaptureWriter.Pcap(stream, _linkType))
        {
            Write(writer);
        }

        return stream.ToArray();
    }

    /// <summary>The capture as pcapng.</summary>
    public byte[] ToPcapng()
    {
        using var stream = new MemoryStream();
        using (CaptureWriter writer = CaptureWriter.Pcapng(stream))
        {
            writer.AddInterface(_linkType);
            Write(writer);
        }

        return stream.ToArray();
    }

    /// <summary>A reader of the capture.</summary>
    public CaptureReader Open(int capture = 0) => CaptureFile.Open(new MemoryStream(ToPcap()), capture);

    private void Write(CaptureWriter writer)
    {
        foreach ((Timestamp time, byte[] bytes, int originalLength) in _frames)
        {
            writer.Write(new Frame { Time = time, LinkType = _linkType, Bytes = bytes, OriginalLength = originalLength });
        }
    }
}
