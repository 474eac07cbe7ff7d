namespace Pcapper.Tests.Building;

/// <summary>Datagrams between two ends.</summary>
public sealed class UdpConversation(CaptureBuilder capture, string client, string server)
{
    /// <summary>The client sends.</summary>
    public UdpConversation Says(byte[] bytes)
    {
        capture.Packet(FrameBuilder.Udp(client, server, bytes));
        return this;
    }

    /// <summary>The server sends.</summary>
    public UdpConversation Replies(byte[] bytes)
    {
        capture.Packet(FrameBuilder.Udp(server, client, bytes), fromClient: false);
        return this;
    }

    /// <summary>Time passes.</summary>
    public UdpConversation Waits(double milliseconds)
    {
        capture.Waits(milliseconds);
        return this;
    }
}
