using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>One kind of refusal.</summary>
public sealed class KerberosErrorFacts : Group
{
    /// <summary>Initializes a new instance of the <see cref="KerberosErrorFacts"/> class.</summary>
    public KerberosErrorFacts()
        : base(5)
    {
        Frames = Part(new FrameSample());
        Clients = Part(new KeySet<AddressKey>(256));
        About = Part(new Texts());
        Texts = Part(new Texts());
        When = Part(new Extent());
    }

    /// <summary>Gets the frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets who was refused.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets the principals or services it was about.</summary>
    public Texts About { get; }

    /// <summary>Gets what the servers said about it.</summary>
    public Texts Texts { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
