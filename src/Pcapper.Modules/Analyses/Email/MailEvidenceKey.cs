using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>What was seen between whom.</summary>
/// <param name="Kind">What.</param>
/// <param name="Client">Who opened the connection.</param>
/// <param name="Server">Who was connected to.</param>
/// <param name="IsUp">Whether the mail went to the server.</param>
/// <param name="Detail">What tells findings of one kind apart: a sender, a file.</param>
internal readonly record struct MailEvidenceKey(MailEvidenceKind Kind, IpAddress Client, EndpointKey Server, bool IsUp, TextKey Detail) : IStateKey<MailEvidenceKey>
{
    public ulong StableHash => KeyHash.Of((long)Kind).And(Client).And(Server).And(IsUp ? 1 : 0).And(Detail);

    public static MailEvidenceKey Read(ref StateReader reader)
        => new((MailEvidenceKind)reader.Number(0, (int)MailEvidenceKind.Credentials), reader.Address(), EndpointKey.Read(ref reader), reader.Flag(), TextKey.Read(ref reader));

    public void Write(StateWriter writer)
    {
        writer.Number((long)Kind);
        writer.Address(Client);
        Server.Write(writer);
        writer.Flag(IsUp);
        Detail.Write(writer);
    }

    public int CompareTo(MailEvidenceKey other)
        => ((int)Kind).CompareTo((int)other.Kind) is not 0 and var kind ? kind
            : Client.CompareTo(other.Client) is not 0 and var client ? client
            : Server.CompareTo(other.Server) is not 0 and var server ? server
            : IsUp.CompareTo(other.IsUp) is not 0 and var up ? up
            : Detail.CompareTo(other.Detail);
}
