using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.X509;

namespace Pcapper.Modules.Analyses.Certificates;

/// <summary>Writes the certificates section of the report.</summary>
internal static class CertificatesSection
{
    private const int MaxHosts = 4;

    public static void Write(CertificatesState state, IReadOnlyList<KeyValuePair<TextKey, CertificateEntry>> entries, Section section)
    {
        int leaves = entries.Count(e => e.Value.Is(CertificateFlag.ShownAsLeaf));
        section.Headline(entries.Count == 0
            ? "no certificate in the clear in this capture"
            : $"{Units.Count(state.Certificates.Distinct, "certificate")} shown {Units.Count(state.Shown.Value, "time")}, {Units.Count(leaves, "server certificate")}");
        if (state.Hidden.Value > 0)
        {
            section.Note($"{Units.Count(state.Hidden.Value, "connection")} of TLS 1.3: their certificates are encrypted and cannot be seen in a capture.");
        }

        if (state.Unreadable.Total > 0)
        {
            section.Note($"{Units.Count(state.Unreadable.Total, "certificate")} could not be read (not DER, or cut), first in frame {state.Unreadable.Frames[0]}.");
        }

        if (entries.Count == 0)
        {
            return;
        }

        section.Fact("certificates", "certificates", state.Certificates.Distinct)
            .Fact("shown", "times shown", state.Shown.Value)
            .Fact("server_certificates", "server certificates", leaves)
            .Fact("client_certificates", "client certificates", entries.Count(e => e.Value.Is(CertificateFlag.ShownByClient)));
        Leaves(state, entries, section);
        section.Detail(more => All(state, entries, more));
        Chains(entries, section);
    }

    private static void Leaves(CertificatesState state, IReadOnlyList<KeyValuePair<TextKey, CertificateEntry>> entries, Section section)
    {
        Table table = section.Table(
            "leaves", "Server and client certificates", new Column("name", "name"), new Column("issuer", "issuer"), new Column("holders", "shown by", CellKind.Texts),
            new Column("shown", "shown", CellKind.Integer), new Column("not_before", "valid from", CellKind.Date), new Column("not_after", "valid to", CellKind.Date),
            new Column("key", "key"), new Column("remarks", "remarks", CellKind.Texts), new Column("first", "first seen", CellKind.Time));
        foreach ((TextKey sha256, CertificateEntry entry) in entries.Where(e => IsLeaf(e.Value)).OrderByDescending(e => Remarks(e.Value).Count).ThenByDescending(e => e.Value.LeafFrames.Total).ThenBy(e => e.Key))
        {
            table.Row(
                CertificateFindings.Name(sha256.Text, entry), CertificateEntry.Only(entry.Issuer), Holders(entry), entry.LeafFrames.Total,
                Time(entry.NotBefore), Time(entry.NotAfter), Key(entry), Cell.List(Remarks(entry)), entry.When.First);
        }

        table.Total = state.Certificates.IsComplete ? 0 : state.Certificates.Distinct;
    }

    private static void All(CertificatesState state, IReadOnlyList<KeyValuePair<TextKey, CertificateEntry>> entries, Section section)
    {
        Table table = section.Table(
            "all", "All certificates", new Column("sha256", "SHA-256"), new Column("sha1", "SHA-1"), new Column("subject", "subject"), new Column("issuer", "issuer"),
            new Column("serial", "serial"), new Column("signature", "signature"), new Column("key", "key"), new Column("names", "alternative names", CellKind.Texts),
            new Column("server_names", "server names asked for", CellKind.Texts), new Column("frames", "frames", CellKind.Frames));
        table.Total = state.Certificates.Distinct;
        foreach ((TextKey sha256, CertificateEntry entry) in entries)
        {
            table.Row(
                sha256.Text, CertificateEntry.Only(entry.Sha1), CertificateEntry.Only(entry.Subject), CertificateEntry.Only(entry.Issuer), CertificateEntry.Only(entry.Serial),
                CertificateEntry.Only(entry.SignatureAlgorithm), Key(entry), Cell.List(entry.Names.Keys.Select(n => n.Text)), Cell.List(entry.ServerNames), Cell.Frames(entry.Frames));
        }
    }

    /// <summary>Says which chains are not in order: each certificate should be followed by that of its issuer (RFC 5246, 7.4.2).</summary>
    private static void Chains(IReadOnlyList<KeyValuePair<TextKey, CertificateEntry>> entries, Section section)
    {
        Dictionary<string, CertificateEntry> byPrint = entries.ToDictionary(e => e.Key.Text, e => e.Value, StringComparer.Ordinal);
        int wrong = entries.Count(e => e.Value.Next.Values.Any(next => byPrint.TryGetValue(next, out CertificateEntry? issuer)
            && !string.Equals(CertificateEntry.Only(issuer.Subject), CertificateEntry.Only(e.Value.Issuer), StringComparison.Ordinal)));
        if (wrong > 0)
        {
            section.Note($"{Units.Count(wrong, "certificate")} followed in its chain by one that is not its issuer's: the server is misconfigured, or the chain was put together by hand.");
        }
    }

    private static bool IsLeaf(CertificateEntry entry) => entry.Is(CertificateFlag.ShownAsLeaf) || entry.Is(CertificateFlag.ShownByClient);

    private static List<string> Remarks(CertificateEntry entry)
    {
        var remarks = new List<string>();
        void Add(bool applies, string remark)
        {
            if (applies)
            {
                remarks.Add(remark);
            }
        }

        Add(entry.ExpiredFrames.Total > 0, "expired");
        Add(entry.EarlyFrames.Total > 0, "not yet valid");
        Add(entry.Is(CertificateFlag.SelfIssued) && !entry.Is(CertificateFlag.SignatureWrong), "self-signed");
        Add(entry.Is(CertificateFlag.SignatureWrong), "issuer is subject, but not signed by its own key");
        Add(entry.MismatchFrames.Total > 0, "other name");
        Add(entry.Is(CertificateFlag.BrokenHash), CertificateEntry.Only(entry.SignatureAlgorithm));
        Add(entry.Is(CertificateFlag.ExplicitCurve), "own curve");
        Add(entry.Is(CertificateFlag.ShownByClient), "client");
        return remarks;
    }

    private static string Key(CertificateEntry entry)
    {
        string curve = CertificateEntry.Only(entry.Curve);
        string kind = (CertificateKey)entry.KeyKind.Value switch
        {
            CertificateKey.Rsa => "RSA",
            CertificateKey.Dsa => "DSA",
            CertificateKey.Ec => "EC",
            _ => CertificateEntry.Only(entry.KeyAlgorithm),
        };
        return curve.Length > 0 ? $"{kind} {curve}" : string.Create(CultureInfo.InvariantCulture, $"{kind} {entry.KeyLength.Value}");
    }

    private static Cell Time(Minimum seconds) => seconds.HasValue ? Cell.Date(X509Log.At(seconds.Value)) : Cell.None;

    private static Cell Holders(CertificateEntry entry)
    {
        IReadOnlyList<EndpointKey> keys = entry.Holders.Keys;
        IEnumerable<string> shown = keys.Take(MaxHosts).Select(k => k.Port == 0 ? k.Address.ToString() : k.ToString());
        return keys.Count <= MaxHosts ? Cell.List(shown) : Cell.List([.. shown, string.Create(CultureInfo.InvariantCulture, $"+{entry.Holders.Distinct - MaxHosts}")]);
    }
}
