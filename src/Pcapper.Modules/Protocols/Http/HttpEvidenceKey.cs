using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Who showed what to whom.</summary>
/// <param name="Kind">What was shown.</param>
/// <param name="Client">Who asked.</param>
/// <param name="Server">Who was asked.</param>
/// <param name="Port">On which port.</param>
/// <param name="Detail">What tells findings of one kind apart: a user, a tool.</param>
internal readonly record struct HttpEvidenceKey(HttpEvidenceKind Kind, IpAddress Client, IpAddress Server, ushort Port, TextKey Detail)
    : IStateKey<HttpEvidenceKey>
{
    public ulong StableHash => KeyHash.Of((long)Kind).And(Client).And(Server).And(Port).And(Detail);

    public static HttpEvidenceKey Read(ref StateReader reader)
        => new((HttpEvidenceKind)reader.Number(0, (int)HttpEvidenceKind.KnownExploit), reader.Address(), reader.Address(), (ushort)reader.Number(0, ushort.MaxValue), TextKey.Read(ref reader));

    public void Write(StateWriter writer)
    {
        writer.Number((long)Kind);
        writer.Address(Client);
        writer.Address(Server);
        writer.Number(Port);
        Detail.Write(writer);
    }

    public int CompareTo(HttpEvidenceKey other)
        => ((int)Kind).CompareTo((int)other.Kind) is not 0 and var kind ? kind
            : Client.CompareTo(other.Client) is not 0 and var client ? client
            : Server.CompareTo(other.Server) is not 0 and var server ? server
            : Port.CompareTo(other.Port) is not 0 and var port ? port
            : Detail.CompareTo(other.Detail);
}
