using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>Hosts that ask many others for their names.</summary>
internal static class NetbiosScanFindings
{
    /// <summary>Many hosts were asked for their names.</summary>
    public static readonly FindingType Scan = new("netbios.name-scan", "Hosts asked for their NetBIOS names", Severity.Low, "T1018")
    {
        Unless = "an inventory program or a monitoring server of the site does it",
    };

    // A host asks those it meets; this many are met by whoever looks for them.
    private const int ScannedHosts = 25;

    public static void Conclude(NetbiosState state, Conclusions conclusions)
    {
        foreach ((AddressKey host, NetbiosScan scan) in state.Scans.Entries)
        {
            long targets = scan.Targets.Estimate;
            if (targets < ScannedHosts)
            {
                continue;
            }

            conclusions.Add(new Finding
            {
                Type = Scan,
                Subject = host.ToString(),
                Summary = $"asked {Units.Count(targets, "host")} for their names in {Units.Duration(scan.Extent.Duration)}, {Units.Count(scan.Answered.Value)} answered",
                Source = host.Address,
                Port = 137,
                Confidence = 90,
                Count = scan.Frames.Total,
                Measures = [new("hosts", targets, ScannedHosts)],
                DisplayFilter = Filter.From(host.Address).And("nbns.type == 33 && nbns.flags.response == 0"),
            }.WithEvidence(scan.Frames).During(scan.Extent));
        }
    }
}
