using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What is known of a fingerprint.</summary>
internal sealed class TlsFingerprintFacts : Group
{
    private const int MaxHosts = 64;
    private const int MaxTexts = 5;

    public TlsFingerprintFacts()
        : base(5)
    {
        When = Part(new Extent());
        Connections = Part(new Count());
        Hosts = Part(new KeySet<AddressKey>(MaxHosts));
        Names = Part(new Texts(MaxTexts));
        Others = Part(new Texts(MaxTexts));
    }

    public Extent When { get; }

    public Count Connections { get; }

    public KeySet<AddressKey> Hosts { get; }

    public Texts Names { get; }

    /// <summary>Gets the other fingerprints of the same hellos.</summary>
    public Texts Others { get; }
}
