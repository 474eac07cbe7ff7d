using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Services;

/// <summary>Services that should not be used like this.</summary>
internal static class ServicesFindings
{
    /// <summary>Remote administration in the clear.</summary>
    public static readonly FindingType ClearText = new("services.cleartext-login", "Remote login without encryption", Severity.Low, "T1040")
    {
        IsPractice = true,
        Unless = "the connection runs inside a VPN that the capture shows from within, or nobody logs in (anonymous FTP)",
    };

    /// <summary>A risky service of the inside that public addresses use.</summary>
    public static readonly FindingType Exposed = new("services.exposed", "Inside service used from the Internet", Severity.High, "T1133", "T1190")
    {
        Unless = "the addresses are partners' and a firewall admits only them: compare them with its rules",
    };

    /// <summary>Software past its end of life.</summary>
    public static readonly FindingType EndOfLife = new("services.end-of-life", "Server software without security updates", Severity.Low, "T1190")
    {
        IsPractice = true,
        Unless = "a distribution or vendor mends this version on its own (look at the suffix of the version), or the banner is made up",
    };

    /// <summary>A server that asks for no secret.</summary>
    public static readonly FindingType WithoutPassword = new("services.without-password", "Server lets clients in without a password", Severity.Medium, "T1078.001", "T1190")
    {
        IsPractice = true,
        Unless = "the server is meant for one trusted segment and nothing else reaches it, or it checks addresses instead",
    };

    private const int ProductsTold = 4;

    // Databases, remote control, file shares, control systems: nothing of these belongs on the Internet.
    private static readonly HashSet<string> s_risky = new(StringComparer.Ordinal)
    {
        "mysql", "postgresql", "mssql", "oracle", "mongodb", "redis", "memcached", "ldap", "smb", "nfs", "rpc", "dce_rpc", "netbios-ns", "snmp",
        "rdp", "vnc", "telnet", "rlogin", "rsh", "modbus", "dnp3", "iso-tsap", "s7comm", "enip", "bacnet", "iec104", "opcua", "fox", "fins",
    };

    private static readonly (string Protocol, Severity Severity)[] s_clearText =
    [
        ("telnet", Severity.Medium), ("rlogin", Severity.Medium), ("rsh", Severity.Medium), ("vnc", Severity.Low), ("ftp", Severity.Low),
    ];

    /// <summary>Raises the findings.</summary>
    public static void Conclude(ServicesState state, Conclusions conclusions)
    {
        foreach ((EndpointKey server, ServiceUse use) in state.Servers.Entries)
        {
            if (use[ServiceUse.Answered] > 0)
            {
                AddClearText(server, use, conclusions);
                AddExposed(server, use, state.Public.Find(server), conclusions);
                AddEndOfLife(state, server, use, conclusions);
            }
        }

        foreach ((Key2<EndpointKey, TextKey> key, OpenDoor door) in state.OpenDoors.Entries)
        {
            AddWithoutPassword(key.First, key.Second.Text, door, conclusions);
        }
    }

    private static void AddClearText(EndpointKey server, ServiceUse use, Conclusions conclusions)
    {
        foreach ((string protocol, Severity severity) in s_clearText)
        {
            bool isSpoken = use.Spoken.Contains(protocol, StringComparer.Ordinal);
            bool isGuessed = use.Spoken.Count == 0 && ServiceName.Guess(server) == protocol && protocol is "rlogin" or "rsh";
            if ((!isSpoken && !isGuessed) || use[ServiceUse.BytesIn] == 0 || server.Protocol != IpProtocol.Tcp)
            {
                continue;
            }

            conclusions.Add(new Finding
            {
                Type = ClearText,
                Subject = $"{protocol} {server}",
                Summary = $"{Units.Count(use[ServiceUse.Answered], "session")} by {Units.Count(use.Peers, "client")}, {Units.Bytes(use[ServiceUse.BytesIn])} typed or sent where anyone on the way can read it",
                Destination = server.Address,
                Port = server.Port,
                Count = use[ServiceUse.Answered],
                Raised = severity,
                Confidence = isSpoken ? 90 : 60,
                DisplayFilter = Filter.Address(server.Address).Port(server.Protocol, server.Port),
            }.WithEvidence(use.Frames).During(use));
            return;
        }
    }

    private static void AddExposed(EndpointKey server, ServiceUse use, PublicUse? outside, Conclusions conclusions)
    {
        string? risky = use.Spoken.Count > 0
            ? use.Spoken.Select(ServiceName.Outermost).FirstOrDefault(s_risky.Contains)
            : ServiceName.Guess(server) is { } guess && s_risky.Contains(guess) ? guess : null;
        if (risky is null || outside is null || !server.Address.IsInternal)
        {
            return;
        }

        bool isSpoken = use.Spoken.Count > 0;
        string clients = string.Join(", ", outside.Sample.Keys.Take(3));
        conclusions.Add(new Finding
        {
            Type = Exposed,
            Subject = $"{risky} {server}",
            Summary = $"{Units.Count(outside.Frames.Total, "flow")} from {Units.Count(outside.Clients.Estimate, "public address", "public addresses")} got data ({clients}{(outside.Clients.Estimate > 3 ? ", …" : "")})",
            Source = outside.Clients.Estimate == 1 && outside.Sample.Keys.Count == 1 ? outside.Sample.Keys[0].Address : null,
            Destination = server.Address,
            Port = server.Port,
            Count = outside.Frames.Total,
            Raised = isSpoken ? Severity.High : Severity.Medium,
            Confidence = isSpoken ? 85 : 50,
            DisplayFilter = Filter.Address(server.Address).Port(server.Protocol, server.Port)
                .And(Filter.Any(outside.Sample.Keys.Select(c => Filter.Address(c.Address)))),
        }.WithEvidence(outside.Frames).During(use));
    }

    private static void AddEndOfLife(ServicesState state, EndpointKey server, ServiceUse use, Conclusions conclusions)
    {
        // Somebody else's server on the Internet that one's own hosts visit is not one's own to mend.
        if (!server.Address.IsInternal && state.Public.Find(server) is null)
        {
            return;
        }

        var frames = new FrameSample();
        var told = new SortedSet<string>(StringComparer.Ordinal);
        foreach ((Product product, _, FrameSample sample) in ServicesTables.Products(state, server))
        {
            if (Services.EndOfLife.Find(product, use.First) is { } branch)
            {
                told.Add($"{product} (branch {branch.Name} ended {branch.End})");
                frames.Merge(sample);
            }
        }

        if (told.Count == 0)
        {
            return;
        }

        conclusions.Add(new Finding
        {
            Type = EndOfLife,
            Subject = server.ToString(),
            Summary = string.Join(", ", told.Take(ProductsTold)),
            Destination = server.Address,
            Port = server.Port,
            Count = frames.Total,
            Raised = state.Public.Find(server) is null ? Severity.Low : Severity.Medium,
            Confidence = 70,
            DisplayFilter = Filter.Frames(frames),
        }.WithEvidence(frames).During(use));
    }

    private static void AddWithoutPassword(EndpointKey server, string how, OpenDoor door, Conclusions conclusions)
    {
        bool isPublic = server.Address.IsInternal && door.Clients.Keys.Any(c => c.Address.Class == AddressClass.Public);
        string protocol = door.Protocol.Values.Count > 0 ? door.Protocol.Values[0] : "";
        conclusions.Add(new Finding
        {
            Type = WithoutPassword,
            Subject = $"{protocol} {server}",
            Summary = $"{how}: {Units.Count(door.Frames.Total, "session")} by {Units.Count(door.Clients.Distinct, "client")} ({string.Join(", ", door.Clients.Keys.Take(3))}{(door.Clients.Distinct > 3 ? ", …" : "")})",
            Source = door.Clients.Keys.Count == 1 ? door.Clients.Keys[0].Address : null,
            Destination = server.Address,
            Port = server.Port,
            Count = door.Frames.Total,
            Raised = isPublic ? Severity.High : Severity.Medium,
            Confidence = 90,
            DisplayFilter = Filter.Address(server.Address).Port(server.Protocol, server.Port),
        }.WithEvidence(door.Frames).During(door.Extent));
    }
}
