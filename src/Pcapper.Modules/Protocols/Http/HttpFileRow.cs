using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>A body that went over the network, as a row of a table; ordered by time.</summary>
internal readonly record struct HttpFileRow(
    Timestamp Time, FrameRef Frame, IpAddress Client, EndpointKey Server, TextKey Name, TextKey Declared, TextKey Sniffed, long Seen, long Total, bool IsComplete)
    : IStateKey<HttpFileRow>
{
    public ulong StableHash => KeyHash.Of(Time.Nanoseconds).And(Frame.Number).And(Client).And(Server).And(Name);

    public static HttpFileRow Read(ref StateReader reader) => new(
        reader.Time(), reader.Frame(), reader.Address(), EndpointKey.Read(ref reader), TextKey.Read(ref reader), TextKey.Read(ref reader), TextKey.Read(ref reader),
        reader.Number(), reader.Number(), reader.Flag());

    public void Write(StateWriter writer)
    {
        writer.Time(Time);
        writer.Frame(Frame);
        writer.Address(Client);
        Server.Write(writer);
        Name.Write(writer);
        Declared.Write(writer);
        Sniffed.Write(writer);
        writer.Number(Seen);
        writer.Number(Total);
        writer.Flag(IsComplete);
    }

    public int CompareTo(HttpFileRow other)
        => Time.CompareTo(other.Time) is not 0 and var time ? time
            : Frame.CompareTo(other.Frame) is not 0 and var frame ? frame
            : Client.CompareTo(other.Client) is not 0 and var client ? client
            : Server.CompareTo(other.Server) is not 0 and var server ? server
            : Name.CompareTo(other.Name) is not 0 and var name ? name
            : Declared.CompareTo(other.Declared) is not 0 and var declared ? declared
            : Sniffed.CompareTo(other.Sniffed) is not 0 and var sniffed ? sniffed
            : Seen.CompareTo(other.Seen) is not 0 and var seen ? seen
            : Total.CompareTo(other.Total) is not 0 and var total ? total
            : IsComplete.CompareTo(other.IsComplete);
}
