using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>A WebSocket as a row of a table; ordered by time.</summary>
internal readonly record struct HttpSocketRow(
    Timestamp Time, FrameRef Frame, IpAddress Client, EndpointKey Server, long Sent, long SentBytes, long Received, long ReceivedBytes, TextKey Sample)
    : IStateKey<HttpSocketRow>
{
    public ulong StableHash => KeyHash.Of(Time.Nanoseconds).And(Frame.Number).And(Client).And(Server);

    public static HttpSocketRow Read(ref StateReader reader) => new(
        reader.Time(), reader.Frame(), reader.Address(), EndpointKey.Read(ref reader), reader.Number(), reader.Number(), reader.Number(), reader.Number(), TextKey.Read(ref reader));

    public void Write(StateWriter writer)
    {
        writer.Time(Time);
        writer.Frame(Frame);
        writer.Address(Client);
        Server.Write(writer);
        writer.Number(Sent);
        writer.Number(SentBytes);
        writer.Number(Received);
        writer.Number(ReceivedBytes);
        Sample.Write(writer);
    }

    public int CompareTo(HttpSocketRow other)
        => Time.CompareTo(other.Time) is not 0 and var time ? time
            : Frame.CompareTo(other.Frame) is not 0 and var frame ? frame
            : Client.CompareTo(other.Client) is not 0 and var client ? client
            : Server.CompareTo(other.Server) is not 0 and var server ? server
            : Sent.CompareTo(other.Sent) is not 0 and var sent ? sent
            : SentBytes.CompareTo(other.SentBytes) is not 0 and var sentBytes ? sentBytes
            : Received.CompareTo(other.Received) is not 0 and var received ? received
            : ReceivedBytes.CompareTo(other.ReceivedBytes) is not 0 and var receivedBytes ? receivedBytes
            : Sample.CompareTo(other.Sample);
}
