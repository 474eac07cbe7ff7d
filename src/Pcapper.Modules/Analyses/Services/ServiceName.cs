using Pcapper.Engine;
using Pcapper.Modules.Analyses.Protocols;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>What an endpoint serves: by content, or else a guess by its port.</summary>
internal static class ServiceName
{
    /// <summary>Gets the protocols, a guess marked by <c>?</c>; empty if nothing is known.</summary>
    public static IReadOnlyList<string> Of(EndpointKey server, ServiceUse use)
    {
        if (use.Spoken.Count > 0)
        {
            return use.SpokenListed;
        }

        return Guess(server) is { } guess ? [guess + "?"] : [];
    }

    /// <summary>Gets the outermost protocol: <c>smtp</c> of <c>smtp/tls</c>.</summary>
    public static string Outermost(string spoken) => spoken.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? spoken[..slash] : spoken;

    /// <summary>Gets what is usual on the port, or null.</summary>
    public static string? Guess(EndpointKey server) => server.Port switch
    {
        443 when server.Protocol == IpProtocol.Udp => "quic",
        513 => "rlogin",
        514 when server.Protocol == IpProtocol.Tcp => "rsh",
        11211 => "memcached",
        1911 or 4911 => "fox",
        9600 => "fins",
        _ => ServicePorts.Usual(server.Port),
    };
}
