using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>What is known of a user agent.</summary>
internal sealed class HttpAgentUse : Group
{
    private const int MaxClients = 3;
    private const int MaxHosts = 3;

    public HttpAgentUse()
        : base(4)
    {
        Requests = Part(new Count());
        Clients = Part(new KeySet<AddressKey>(MaxClients));
        Hosts = Part(new Texts(MaxHosts));
        When = Part(new Extent());
    }

    /// <summary>Gets how many requests named it.</summary>
    public Count Requests { get; }

    /// <summary>Gets who used it.</summary>
    public KeySet<AddressKey> Clients { get; }

    /// <summary>Gets some of the hosts it asked for.</summary>
    public Texts Hosts { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
