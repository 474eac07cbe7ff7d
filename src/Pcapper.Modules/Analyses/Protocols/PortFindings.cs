using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Protocols where they do not belong: a sign of tunnels and of servers that avoid firewalls.</summary>
internal static class PortFindings
{
    /// <summary>Plain HTTP or another readable protocol on a port meant for TLS.</summary>
    public static readonly FindingType PlaintextOnTlsPort = new("protocols.plaintext-on-tls-port", "Readable protocol on a TLS port", Severity.Medium, "T1571", "T1071.001")
    {
        Suspect = Suspect.Destination,
        Unless = "a proxy that takes plain CONNECT requests on this port, or a client that tried plain HTTP first (look for status 400)",
    };

    /// <summary>A remote-access protocol on another protocol's port.</summary>
    public static readonly FindingType RemoteAccess = new("protocols.remote-access-on-odd-port", "Remote access on another protocol's port", Severity.Medium, "T1571", "T1021")
    {
        Suspect = Suspect.Destination,
        Unless = "an administrator put SSH on 443 to get through a firewall: ask, and look at who uses it",
    };

    private static readonly HashSet<string> s_remoteAccess = new(StringComparer.Ordinal) { "ssh", "telnet", "rdp", "vnc", "smb", "socks" };

    /// <summary>Tells whether a flow speaks what does not fit its responder's port.</summary>
    public static bool IsOdd(FlowEnded flow, out string spoken)
    {
        spoken = flow.Services.Count > 0 ? flow.Services[0] : "";
        return spoken.Length > 0 && !flow.IsGuessed
            && !flow.Services.Any(s => ServicePorts.Fits(s, flow.Flow.ResponderPort, flow.Flow.Key.Protocol));
    }

    public static void Conclude(ProtocolsState state, Conclusions conclusions)
    {
        foreach ((Key2<TextKey, NumberKey> key, PortUse use) in state.Ports.Entries)
        {
            string spoken = key.First.Text;
            var port = (ushort)key.Second.Value;
            string? usual = ServicePorts.Usual(port);
            FindingType? type = s_remoteAccess.Contains(spoken) ? RemoteAccess : usual == "tls" && spoken is "http" or "http2" or "ftp" or "smtp" or "dns" ? PlaintextOnTlsPort : null;
            if (type is null || use.Responders.Keys.Count == 0)
            {
                continue;
            }

            IpAddress server = use.Responders.Keys[0].Address;
            conclusions.Add(new Finding
            {
                Type = type,
                Subject = $"{spoken} on port {port}",
                Summary = $"{Units.Count(use.Frames.Total, "flow")} to {Units.Count(use.Responders.Distinct, "server")} from {Units.Count(use.Originators.Distinct, "client")}, {Units.Bytes(use.Bytes.Value)}; usual there: {usual}",
                Source = use.Originators.Keys.Count == 1 ? use.Originators.Keys[0].Address : null,
                Destination = use.Responders.Keys.Count == 1 ? server : null,
                Port = port,
                Count = use.Frames.Total,
                DisplayFilter = Filter.All.ToPort(IpProtocol.Tcp, port).And(Filter.Any(use.Responders.Keys.Take(4).Select(a => Filter.All.To(a.Address)))),
            }.WithEvidence(use.Frames).During(use.Extent));
        }
    }
}
