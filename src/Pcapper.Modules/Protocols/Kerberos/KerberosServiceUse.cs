using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Tickets for one service, asked for by one host.</summary>
public sealed class KerberosServiceUse : Group
{
    /// <summary>Initializes a new instance of the <see cref="KerberosServiceUse"/> class.</summary>
    public KerberosServiceUse()
        : base(10)
    {
        Issued = Part(new FrameSample());
        When = Part(new Extent());
        Rc4 = Part(new FrameSample());
        Rc4When = Part(new Extent());
        Rc4Only = Part(new Count());
        Refused = Part(new FrameSample());
        Encryptions = Part(new Texts());
        Clients = Part(new Texts());
        Versions = Part(new KeySet<NumberKey>(8));
        Servers = Part(new KeySet<AddressKey>(8));
    }

    /// <summary>Gets the tickets issued.</summary>
    public FrameSample Issued { get; }

    /// <summary>Gets when those were issued.</summary>
    public Extent When { get; }

    /// <summary>Gets those in RC4 while the ticket-granting ticket was in AES.</summary>
    public FrameSample Rc4 { get; }

    /// <summary>Gets when those were issued.</summary>
    public Extent Rc4When { get; }

    /// <summary>Gets how many of those were asked for without offering AES.</summary>
    public Count Rc4Only { get; }

    /// <summary>Gets the refusals.</summary>
    public FrameSample Refused { get; }

    /// <summary>Gets the encryption types of the tickets.</summary>
    public Texts Encryptions { get; }

    /// <summary>Gets the principals the tickets are for.</summary>
    public Texts Clients { get; }

    /// <summary>Gets the versions of the keys the tickets are in.</summary>
    public KeySet<NumberKey> Versions { get; }

    /// <summary>Gets who issued them.</summary>
    public KeySet<AddressKey> Servers { get; }
}
