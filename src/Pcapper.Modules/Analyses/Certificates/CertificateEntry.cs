using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Certificates;

/// <summary>What is known of one certificate. What it says is the same in every shard, so that parts for one value keep just that.</summary>
internal sealed class CertificateEntry : Group
{
    private const int MaxHosts = 32;
    private const int MaxNames = 20;

    public CertificateEntry()
        : base(25)
    {
        Subject = Part(Single());
        Issuer = Part(Single());
        CommonName = Part(Single());
        Serial = Part(Single());
        Sha1 = Part(Single());
        KeyAlgorithm = Part(Single());
        SignatureAlgorithm = Part(Single());
        Curve = Part(Single());
        Names = Part(new KeySet<TextKey>(MaxNames));
        KeyKind = Part(new Minimum());
        KeyLength = Part(new Minimum());
        NotBefore = Part(new Minimum());
        NotAfter = Part(new Minimum());
        Flags = Part(new Bits());
        When = Part(new Extent());
        Frames = Part(new FrameSample());
        LeafFrames = Part(new FrameSample());
        ExpiredFrames = Part(new FrameSample());
        EarlyFrames = Part(new FrameSample());
        MismatchFrames = Part(new FrameSample());
        MismatchedNames = Part(new Texts());
        ServerNames = Part(new Texts(MaxNames));
        Next = Part(new Texts(3));
        Holders = Part(new KeySet<EndpointKey>(MaxHosts));
        Peers = Part(new KeySet<AddressKey>(MaxHosts));
    }

    public KeySet<TextKey> Subject { get; }

    public KeySet<TextKey> Issuer { get; }

    public KeySet<TextKey> CommonName { get; }

    public KeySet<TextKey> Serial { get; }

    public KeySet<TextKey> Sha1 { get; }

    public KeySet<TextKey> KeyAlgorithm { get; }

    public KeySet<TextKey> SignatureAlgorithm { get; }

    public KeySet<TextKey> Curve { get; }

    /// <summary>Gets the alternative names that are hosts or addresses.</summary>
    public KeySet<TextKey> Names { get; }

    public Minimum KeyKind { get; }

    public Minimum KeyLength { get; }

    /// <summary>Gets the beginning of its validity, in seconds since 1970.</summary>
    public Minimum NotBefore { get; }

    /// <summary>Gets the end of its validity, in seconds since 1970.</summary>
    public Minimum NotAfter { get; }

    public Bits Flags { get; }

    public Extent When { get; }

    public FrameSample Frames { get; }

    public FrameSample LeafFrames { get; }

    public FrameSample ExpiredFrames { get; }

    public FrameSample EarlyFrames { get; }

    public FrameSample MismatchFrames { get; }

    public Texts MismatchedNames { get; }

    public Texts ServerNames { get; }

    /// <summary>Gets the SHA-256 of the certificates that followed it in a chain.</summary>
    public Texts Next { get; }

    /// <summary>Gets who showed it, and where.</summary>
    public KeySet<EndpointKey> Holders { get; }

    /// <summary>Gets to whom it was shown.</summary>
    public KeySet<AddressKey> Peers { get; }

    public bool Is(CertificateFlag flag) => Flags[(int)flag];

    public static string Only(KeySet<TextKey> texts) => texts.Keys is [var only, ..] ? only.Text : string.Empty;

    // Sets, not counted texts: a certificate is described once in each shard that sees it, and that must not show. One more than needed, so that no cap is reached.
    private static KeySet<TextKey> Single() => new(2);
}
