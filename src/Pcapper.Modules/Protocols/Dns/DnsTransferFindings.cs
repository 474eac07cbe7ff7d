using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Zone transfers (RFC 5936, RFC 1995).</summary>
internal static class DnsTransferFindings
{
    /// <summary>A server handed out a whole zone.</summary>
    public static readonly FindingType Transfer = new("dns.zone-transfer", "Zone transfer", Severity.High, "T1590.002", "T1018")
    {
        Unless = "the client is a secondary name server of that zone",
    };

    /// <summary>A server refused to hand out a zone.</summary>
    public static readonly FindingType Refused = new("dns.zone-transfer-tried", "Zone transfer refused", Severity.Low, "T1590.002")
    {
        Unless = "a secondary name server was not (or is no longer) allowed on its primary",
    };

    // A lone SOA is "nothing new" to IXFR, and the first message of AXFR to clients that poll over UDP.
    private const int MinimumRecords = 2;

    public static void Conclude(DnsState state, Conclusions conclusions)
    {
        foreach ((Key2<PairKey, TextKey> key, DnsTransfer transfer) in state.Transfers.Entries)
        {
            bool hasZone = transfer.Records.Value >= MinimumRecords;
            if (!hasZone && transfer.Rcodes[0])
            {
                continue;
            }

            string zone = key.Second.Text.Length == 0 ? "the root" : key.Second.Text;
            string codes = string.Join(", ", Enumerable.Range(0, 24).Where(code => transfer.Rcodes[code]).Select(DnsNames.Rcode));
            conclusions.Add(new Finding
            {
                Type = hasZone ? Transfer : Refused,
                Subject = $"{key.First} {zone}",
                Summary = hasZone
                    ? $"{Units.Count(transfer.Records.Value, "record")} of {zone} were handed out, {Units.Bytes(transfer.Bytes.Value)}"
                    : codes.Length > 0 ? $"asked {Units.Count(transfer.Frames.Total, "time")} for all of {zone}: {codes}" : $"asked {Units.Count(transfer.Frames.Total, "time")} for all of {zone}, no answer",
                Source = key.First.From,
                Destination = key.First.To,
                Port = 53,
                Confidence = hasZone ? 95 : 80,
                Count = transfer.Frames.Total,
                Measures = [new("records", transfer.Records.Value, MinimumRecords), new("bytes", transfer.Bytes.Value, null, "bytes")],
                DisplayFilter = Filter.Between(key.First.From, key.First.To).And("dns.qry.type == 252 || dns.qry.type == 251"),
            }.WithEvidence(transfer.Frames).During(transfer.Extent));
        }
    }
}
