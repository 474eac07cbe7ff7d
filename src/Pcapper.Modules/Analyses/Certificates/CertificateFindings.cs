using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.X509;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Certificates;

/// <summary>What the certificates module can find, and when it does.</summary>
public static class CertificateFindings
{
    /// <summary>A certificate that an attack tool comes with.</summary>
    public static readonly FindingType AttackTool = new(
        "certificates.attack-tool", "Default certificate of an attack tool", Severity.Critical, "T1573.002", "T1587.003")
    {
        Suspect = Suspect.Neither,
        Unless = "a test team's server; ask them",
    };

    /// <summary>An EC key that brings its own curve.</summary>
    public static readonly FindingType ExplicitCurve = new(
        "certificates.explicit-curve", "Certificate with its own curve parameters (CVE-2020-0601)", Severity.High, "T1553.004", "T1557")
    {
        Suspect = Suspect.Neither,
    };

    /// <summary>A name built to overflow a parser.</summary>
    public static readonly FindingType OverlongPunycode = new(
        "certificates.overlong-punycode", "Certificate with an overlong punycode name (CVE-2022-3602)", Severity.High, "T1190", "T1203")
    {
        Suspect = Suspect.Neither,
    };

    /// <summary>A name that ends early for some readers.</summary>
    public static readonly FindingType NulInName = new(
        "certificates.nul-in-name", "Certificate name with a NUL character", Severity.High, "T1557", "T1553.004")
    {
        Suspect = Suspect.Neither,
    };

    /// <summary>A server's certificate signed by nobody else.</summary>
    public static readonly FindingType SelfSigned = new(
        "certificates.self-signed", "Self-signed server certificate", Severity.Low, "T1587.003")
    {
        Unless = "an appliance or test server known to use its own certificate",
    };

    /// <summary>A certificate used after its end.</summary>
    public static readonly FindingType Expired = new("certificates.expired", "Expired certificate in use", Severity.Medium)
    {
        Unless = "the capturing host's clock was wrong",
    };

    /// <summary>A certificate used before its beginning.</summary>
    public static readonly FindingType NotYetValid = new("certificates.not-yet-valid", "Certificate not yet valid", Severity.Medium)
    {
        Unless = "the capturing host's clock was wrong",
    };

    /// <summary>A certificate for another name than the one asked for.</summary>
    public static readonly FindingType NameMismatch = new(
        "certificates.name-mismatch", "Certificate is not for the server name", Severity.Low, "T1557", "T1090.004")
    {
        Unless = "a server that shows a default certificate for names it does not know",
    };

    /// <summary>A key that can be broken.</summary>
    public static readonly FindingType WeakKey = new("certificates.weak-key", "Weak key in a certificate", Severity.Medium, "T1557")
    {
        IsPractice = true,
    };

    /// <summary>A signature whose hash can be collided.</summary>
    public static readonly FindingType BrokenHash = new(
        "certificates.broken-hash", "Certificate signed with a broken hash", Severity.Low, "T1553.004");

    /// <summary>A validity longer than clients accept.</summary>
    public static readonly FindingType LongValidity = new(
        "certificates.long-validity", "Certificate valid longer than allowed", Severity.Info)
    {
        Unless = "the certificate authority is a company's own, to which the rule does not apply",
    };

    /// <summary>A validity of hours.</summary>
    public static readonly FindingType ShortValidity = new(
        "certificates.short-validity", "Certificate valid for less than a day", Severity.Info, "T1587.003");

    /// <summary>A name that nobody would choose.</summary>
    public static readonly FindingType RandomName = new(
        "certificates.random-name", "Self-signed certificate with a random-looking name", Severity.Info, "T1587.003");

    private const int NamedClients = 4;
    private const long Day = 24 * 60 * 60;
    private const long MaxValidity = 398 * Day;              // CA/Browser Forum, Ballot SC31
    private const long MaxValidityFrom = 1_598_918_400;      // 2020-09-01
    private const int MinRsa = 2048;
    private const int BreakableRsa = 768;                    // factored in public in 2009
    private const int MinEc = 224;
    private const int MinRandomLength = 10;
    private const double MinEntropy = 3.0;                   // bits a character; words of that length stay below

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } =
    [
        AttackTool, ExplicitCurve, OverlongPunycode, NulInName, SelfSigned, Expired, NotYetValid, NameMismatch, WeakKey, BrokenHash, LongValidity, ShortValidity, RandomName,
    ];

    internal static void Raise(IReadOnlyList<KeyValuePair<TextKey, CertificateEntry>> entries, Conclusions conclusions)
    {
        int before = conclusions.Findings.Count;
        foreach ((TextKey sha256, CertificateEntry entry) in entries)
        {
            RaiseAttacks(sha256.Text, entry, conclusions);
            if (entry.Is(CertificateFlag.ShownAsLeaf))
            {
                RaiseUse(sha256.Text, entry, conclusions);
                RaiseStrength(sha256.Text, entry, conclusions);
            }
        }

        conclusions.Add(new Signal("certificate problems", conclusions.Findings.Skip(before).Count(f => f.Severity > Severity.Info), "--certificates"));
    }

    /// <summary>Gets the name that people know a certificate by.</summary>
    internal static string Name(string sha256, CertificateEntry entry)
    {
        string name = CertificateEntry.Only(entry.CommonName);
        name = name.Length > 0 ? name : CertificateEntry.Only(entry.Names);
        name = name.Length > 0 ? name : CertificateEntry.Only(entry.Subject);
        return name.Length > 0 ? name : sha256[..Math.Min(sha256.Length, 16)];
    }

    private static void RaiseAttacks(string sha256, CertificateEntry entry, Conclusions conclusions)
    {
        if (KnownCertificates.Tool(sha256, entry) is { } tool)
        {
            // The tool's server is the attacker's; the hosts that talk to it are the ones to look after.
            IReadOnlyList<AddressKey> clients = entry.Peers.Keys;
            string victims = string.Join(", ", clients.Take(NamedClients)) + (entry.Peers.Distinct > NamedClients ? ", …" : string.Empty);
            Finding finding = Make(AttackTool, sha256, entry, entry.Frames,
                $"the certificate that {tool} comes with, serial {CertificateEntry.Only(entry.Serial)}, shown to {victims}") with
            {
                Source = clients.Count == 1 ? clients[0].Address : null,
                Destination = entry.Holders.Keys is [var server] ? server.Address : null,
            };
            conclusions.Add(finding);
            foreach (EndpointKey holder in entry.Holders.Keys.Where(h => h.Address.Class == AddressClass.Public))
            {
                conclusions.Add(new Indicator(IndicatorKind.Address, holder.Address.ToString(), $"shows the default certificate of {tool}", entry.When.FirstFrame) { Finding = finding });
            }
        }

        if (entry.Is(CertificateFlag.ExplicitCurve))
        {
            conclusions.Add(Make(ExplicitCurve, sha256, entry, entry.Frames,
                $"EC key with explicit parameters instead of a named curve, issuer {CertificateEntry.Only(entry.Issuer)}"));
        }

        if (entry.Is(CertificateFlag.OverlongPunycode))
        {
            conclusions.Add(Make(OverlongPunycode, sha256, entry, entry.Frames,
                "a name or name constraint has an xn-- label longer than 63 characters"));
        }

        if (entry.Is(CertificateFlag.NulInName))
        {
            conclusions.Add(Make(NulInName, sha256, entry, entry.Frames, $"names {string.Join(", ", entry.Names.Keys)}"));
        }
    }

    private static void RaiseUse(string sha256, CertificateEntry entry, Conclusions conclusions)
    {
        if (entry.Is(CertificateFlag.SelfIssued) && !entry.Is(CertificateFlag.SignatureWrong) && KnownCertificates.Tool(sha256, entry) is null)
        {
            string how = entry.Is(CertificateFlag.SignatureVerified) ? "its own key verifies its signature" : "issuer and subject are the same; the signature could not be checked";
            bool isPublic = entry.Holders.Keys.Any(h => h.Address.Class == AddressClass.Public);
            conclusions.Add(Make(SelfSigned, sha256, entry, entry.LeafFrames,
                $"{CertificateEntry.Only(entry.Subject)}: {how}; shown to {Units.Count(entry.Peers.Distinct, "client")}") with
            {
                Raised = isPublic ? Severity.Medium : null,
            });
            if (LooksRandom(CertificateEntry.Only(entry.CommonName)))
            {
                conclusions.Add(Make(RandomName, sha256, entry, entry.LeafFrames,
                    $"common name {CertificateEntry.Only(entry.CommonName)}"));
            }
        }

        if (entry.ExpiredFrames.Total > 0)
        {
            conclusions.Add(Make(Expired, sha256, entry, entry.ExpiredFrames,
                $"ended {Date(entry.NotAfter.Value)}, {Days(Seconds(entry.When.Last) - entry.NotAfter.Value)} before it was last shown"));
        }

        if (entry.EarlyFrames.Total > 0)
        {
            conclusions.Add(Make(NotYetValid, sha256, entry, entry.EarlyFrames,
                $"begins {Date(entry.NotBefore.Value)}, {Days(entry.NotBefore.Value - Seconds(entry.When.First))} after it was first shown"));
        }

        // A self-signed certificate is reported as such; that its name is another one adds nothing.
        if (entry.MismatchFrames.Total > 0 && !entry.Is(CertificateFlag.SelfIssued))
        {
            IReadOnlyList<TextKey> its = entry.Names.Keys;
            string names = its.Count > 0 ? string.Join(", ", its.Take(3)) + (its.Count > 3 ? ", …" : string.Empty) : CertificateEntry.Only(entry.CommonName);
            conclusions.Add(Make(NameMismatch, sha256, entry, entry.MismatchFrames,
                $"asked for {string.Join(", ", entry.MismatchedNames.Values.Take(3))}, the certificate is for {names}"));
        }
    }

    private static void RaiseStrength(string sha256, CertificateEntry entry, Conclusions conclusions)
    {
        var kind = (CertificateKey)entry.KeyKind.Value;
        long bits = entry.KeyLength.Value;
        bool isWeak = bits > 0 && (kind is CertificateKey.Rsa or CertificateKey.Dsa ? bits < MinRsa : kind == CertificateKey.Ec && bits < MinEc);
        if (isWeak)
        {
            conclusions.Add(Make(WeakKey, sha256, entry, entry.LeafFrames,
                string.Create(CultureInfo.InvariantCulture, $"{CertificateEntry.Only(entry.KeyAlgorithm)} of {bits} bits")) with
            {
                Raised = kind != CertificateKey.Ec && bits <= BreakableRsa ? Severity.High : null,
                Measures = [new Measure("bits", bits, kind == CertificateKey.Ec ? MinEc : MinRsa)],
            });
        }

        if (entry.Is(CertificateFlag.SelfIssued))
        {
            return;   // nobody relies on its signature, and validity rules are for authorities
        }

        if (entry.Is(CertificateFlag.BrokenHash))
        {
            conclusions.Add(Make(BrokenHash, sha256, entry, entry.LeafFrames,
                $"signed with {CertificateEntry.Only(entry.SignatureAlgorithm)} by {CertificateEntry.Only(entry.Issuer)}"));
        }

        if (!entry.NotBefore.HasValue || !entry.NotAfter.HasValue)
        {
            return;
        }

        long validity = entry.NotAfter.Value - entry.NotBefore.Value;
        if (validity > MaxValidity && entry.NotBefore.Value >= MaxValidityFrom && entry.Is(CertificateFlag.LoggedForTransparency))
        {
            conclusions.Add(Make(LongValidity, sha256, entry, entry.LeafFrames, $"valid for {Days(validity)}, allowed are 398 d") with
            {
                Measures = [new Measure("validity", validity / Day, MaxValidity / Day, "d")],
            });
        }
        else if (validity is >= 0 and < Day)
        {
            conclusions.Add(Make(ShortValidity, sha256, entry, entry.LeafFrames,
                $"valid for {Units.Duration(validity * Timestamp.PerSecond)}"));
        }
    }

    private static Finding Make(FindingType type, string sha256, CertificateEntry entry, FrameSample frames, string summary)
    {
        IReadOnlyList<EndpointKey> holders = entry.Holders.Keys;
        string where = holders.Count switch
        {
            0 => string.Empty,
            1 => holders[0].Port == 0 ? $" of {holders[0].Address}" : $" at {holders[0]}",
            _ => $" at {Units.Count(entry.Holders.Distinct, "endpoint")}",
        };
        return new Finding
        {
            Type = type,
            Subject = $"{Name(sha256, entry)}{where} ({sha256[..Math.Min(sha256.Length, 16)]})",
            Summary = summary,
            Source = holders is [var holder] ? holder.Address : null,
            Port = holders is [{ Port: > 0 } endpoint] ? endpoint.Port : null,
            Count = frames.Total,
            DisplayFilter = Filter.Any(Filter.Any(holders.Take(4).Select(h => Filter.From(h.Address))).And("tls.handshake.type == 11 || dtls.handshake.type == 11"), Filter.Frames(frames)),
        }.WithEvidence(frames).During(entry.When);
    }

    private static long Seconds(Timestamp time) => time.Nanoseconds / Timestamp.PerSecond;

    private static string Date(long seconds) => X509Log.At(seconds) is { } time ? time.ToString()[..10] : "?";

    private static string Days(long seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds / Day:N0} d");

    /// <summary>One long label of mixed letters and digits that no word or serial number looks like.</summary>
    private static bool LooksRandom(string name)
    {
        if (name.Length < MinRandomLength || !name.All(char.IsAsciiLetterOrDigit))
        {
            return false;
        }

        int vowels = name.Count(c => "aeiouyAEIOUY".Contains(c, StringComparison.Ordinal));
        int changes = name.Zip(name.Skip(1)).Count(p => char.IsAsciiDigit(p.First) != char.IsAsciiDigit(p.Second));
        bool hasLetters = name.Any(char.IsAsciiLetter);
        double entropy = -name.GroupBy(c => c).Select(g => (double)g.Count() / name.Length).Sum(p => p * Math.Log2(p));
        return hasLetters && entropy >= MinEntropy && (changes >= 3 || vowels * 6 < name.Length);
    }
}
