using Pcapper.Engine;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Modules.Protocols.X509;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Certificates;

/// <summary>Which certificates were shown, by whom, and what is wrong with them at the time of the capture.</summary>
public sealed class CertificatesAnalyzer : Analyzer<CertificatesState>, IRecordConsumer<CertificateSeen>, IRecordConsumer<TlsConnection>
{
    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "certificates", "--certificates", "Certificates", "X.509 certificates: validity at capture time, names, keys, known-bad ones", 1, CertificateFindings.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<CertificateSeen>(this);
        bus.Subscribe<TlsConnection>(this);
    }

    /// <inheritdoc/>
    public void Consume(TlsConnection record) => State.Hidden.Add(record.HidesCertificates ? 1 : 0);

    /// <inheritdoc/>
    public void Consume(CertificateSeen record)
    {
        State.Shown.Add();
        if (!CertificateReader.TryRead(record.Der, out CertificateFacts facts))
        {
            State.Unreadable.Add(record.Frame);
            return;
        }

        CertificateEntry entry = State.Certificates[facts.Sha256];
        if (!entry.Is(CertificateFlag.Known))
        {
            Describe(entry, facts);
        }

        Show(entry, facts, record);
    }

    /// <inheritdoc/>
    public override void Conclude(CertificatesState state, Conclusions conclusions)
    {
        IReadOnlyList<KeyValuePair<TextKey, CertificateEntry>> entries = state.Certificates.Entries;
        CertificateFindings.Raise(entries, conclusions);
        CertificatesSection.Write(state, entries, conclusions.Section);
    }

    private static void Describe(CertificateEntry entry, CertificateFacts facts)
    {
        void Note(CertificateFlag flag, bool applies) => entry.Flags.AddMask(applies ? 1ul << (int)flag : 0);

        SelfSignature self = SelfSignatureCheck.Of(facts);
        Note(CertificateFlag.Known, true);
        Note(CertificateFlag.SelfIssued, facts.IsSelfIssued);
        Note(CertificateFlag.SignatureVerified, self == SelfSignature.Verified);
        Note(CertificateFlag.SignatureWrong, self == SelfSignature.Wrong);
        Note(CertificateFlag.SignatureUnchecked, self == SelfSignature.Unchecked);
        Note(CertificateFlag.Authority, facts.IsCa == true);
        Note(CertificateFlag.BrokenHash, facts.HasBrokenHash);
        Note(CertificateFlag.ExplicitCurve, facts.HasExplicitCurve);
        Note(CertificateFlag.NulInName, HasNul(facts.CommonName) || facts.DnsNames.Any(HasNul) || facts.Emails.Any(HasNul) || facts.Uris.Any(HasNul));
        Note(CertificateFlag.OverlongPunycode, facts.HasOverlongPunycode);
        Note(CertificateFlag.LoggedForTransparency, facts.HasTransparency);
        Note(CertificateFlag.HasAlternativeNames, facts.DnsNames.Count + facts.Addresses.Count > 0);
        entry.Subject.Add(facts.Subject);
        entry.Issuer.Add(facts.Issuer);
        AddIfAny(entry.CommonName, facts.CommonName);
        entry.Serial.Add(facts.Serial);
        entry.Sha1.Add(facts.Sha1);
        entry.KeyAlgorithm.Add(facts.KeyAlgorithm);
        entry.SignatureAlgorithm.Add(facts.SignatureAlgorithm);
        AddIfAny(entry.Curve, facts.Curve);
        foreach (string name in facts.DnsNames.Concat(facts.Addresses))
        {
            entry.Names.Add(name);
        }

        entry.KeyKind.Add((long)facts.Key);
        entry.KeyLength.Add(facts.KeyLength);
        if (facts.NotBefore is { } notBefore)
        {
            entry.NotBefore.Add(notBefore);
        }

        if (facts.NotAfter is { } notAfter)
        {
            entry.NotAfter.Add(notAfter);
        }
    }

    private static void Show(CertificateEntry entry, CertificateFacts facts, CertificateSeen record)
    {
        entry.When.Add(record.Time, record.Frame);
        entry.Frames.Add(record.Frame);
        entry.Next.Add(record.IssuerSha256);
        Direction toPeer = record.IsClient ? Direction.ToResponder : Direction.ToOriginator;
        entry.Holders.Add(new EndpointKey(
            record.Flow.Sender(toPeer), record.IsClient ? (ushort)0 : record.Flow.ResponderPort, record.Flow.Key.Protocol));
        entry.Peers.Add(record.Flow.Receiver(toPeer));
        long now = Math.DivRem(record.Time.Nanoseconds, Timestamp.PerSecond).Quotient;
        if (facts.NotAfter < now)
        {
            entry.ExpiredFrames.Add(record.Frame);
        }

        if (facts.NotBefore > now)
        {
            entry.EarlyFrames.Add(record.Frame);
        }

        if (record.Position != 0)
        {
            return;
        }

        entry.LeafFrames.Add(record.Frame);
        entry.Flags.Add((int)(record.IsClient ? CertificateFlag.ShownByClient : CertificateFlag.ShownAsLeaf));
        if (record.ChainLength == 1)
        {
            entry.Flags.Add((int)CertificateFlag.ShownAlone);
        }

        if (!record.IsClient && record.ServerName is { } name)
        {
            entry.ServerNames.Add(name);
            if (!facts.IsFor(name))
            {
                entry.MismatchFrames.Add(record.Frame);
                entry.MismatchedNames.Add(name);
            }
        }
    }

    private static void AddIfAny(KeySet<TextKey> texts, string? text)
    {
        if (text is not null)
        {
            texts.Add(text);
        }
    }

    private static bool HasNul(string? name) => name?.Contains('\0', StringComparison.Ordinal) == true;
}
