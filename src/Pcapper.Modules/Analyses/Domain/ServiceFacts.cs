using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>A service by its principal name, as tickets show it.</summary>
public sealed class ServiceFacts : Group
{
    private const int Few = 4;
    private const int MostHosts = 8;
    private const int MostClients = 256;

    /// <summary>Initializes a new instance of the <see cref="ServiceFacts"/> class.</summary>
    public ServiceFacts()
        : base(8)
    {
        Spellings = Part(new Texts(Few));
        Issued = Part(new FrameSample());
        Shown = Part(new FrameSample());
        Encryptions = Part(new Texts(Few));
        Users = Part(new Texts(Few));
        Clients = Part(new KeySet<AddressKey>(MostClients));
        Hosts = Part(new KeySet<AddressKey>(MostHosts));
        When = Part(new Extent());
    }

    /// <summary>Gets how it was written.</summary>
    public Texts Spellings { get; }

    /// <summary>Gets the tickets issued.</summary>
    public FrameSample Issued { get; }

    /// <summary>Gets the tickets that clients showed to the service.</summary>
    public FrameSample Shown { get; }

    /// <summary>Gets what the tickets are encrypted with.</summary>
    public Texts Encryptions { get; }

    /// <summary>Gets who asked, by name.</summary>
    public Texts Users { get; }

    /// <summary>Gets who asked, by address.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets where tickets were shown.</summary>
    public KeySet<AddressKey> Hosts { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
