using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ftp;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>FTP clients that have the server connect to somebody else (RFC 2577, 3).</summary>
internal static class BounceFindings
{
    /// <summary>A server is told to open its data connection to a third host.</summary>
    public static readonly FindingType Bounce = new("protocols.ftp-bounce", "FTP server told to connect to a third host (bounce)", Severity.Medium, "T1090", "T1046")
    {
        IsAgainst = true,
        Unless = "a client that moves a file from one server straight to another (FXP)",
    };

    private const int MostNamed = 5;

    /// <summary>Tells whether a command asks for that; a client behind address translation may name its address of the inside.</summary>
    public static bool IsBounce(FtpTransaction record)
        => record is { Command: "PORT" or "EPRT", Channel: { IsPassive: false } channel } && channel.Address.IsHost
            && channel.Address != record.Flow.Originator && channel.Address != record.Flow.Responder
            && (!channel.Address.IsInternal || record.Flow.Originator.IsInternal || channel.Address.Class == record.Flow.Originator.Class);

    public static void Conclude(ProtocolsState state, Conclusions conclusions)
    {
        foreach (IGrouping<PairKey, KeyValuePair<Key2<PairKey, EndpointKey>, Bounces>> pair in state.Bounces.Entries.GroupBy(b => b.Key.First))
        {
            var frames = new FrameSample();
            var when = new Extent();
            long accepted = 0;
            foreach ((_, Bounces bounces) in pair)
            {
                frames.Merge(bounces.Frames);
                when.Merge(bounces.When);
                accepted += bounces.Accepted.Value;
            }

            List<EndpointKey> targets = [.. pair.Select(b => b.Key.Second).Order()];
            conclusions.Add(new Finding
            {
                Type = Bounce,
                Subject = pair.Key.ToString(),
                Summary = $"{Units.Count(frames.Total, "command")} for {string.Join(", ", targets.Take(MostNamed).Select(t => FlowKey.Endpoint(t.Address, t.Port)))}{(targets.Count > MostNamed ? $" and {targets.Count - MostNamed} more" : "")}, {Units.Count(accepted)} accepted",
                Source = pair.Key.From,
                Destination = pair.Key.To,
                Count = frames.Total,
                Raised = accepted == 0 ? Severity.Low : null,
                DisplayFilter = Filter.From(pair.Key.From).To(pair.Key.To).And("ftp.request.command in {\"PORT\", \"EPRT\"}"),
            }.WithEvidence(frames).During(when));
        }
    }
}
