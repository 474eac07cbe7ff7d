using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>What is known of a host name (or address) that clients asked for.</summary>
internal sealed class HttpHostUse : Group
{
    private const int MaxServers = 4;

    public HttpHostUse()
        : base(4)
    {
        Classes = Part(new Counters());
        Clients = Part(new Sketch());
        Servers = Part(new KeySet<EndpointKey>(MaxServers));
        When = Part(new Extent());
    }

    /// <summary>Gets the requests by class of the answer's status: 0 for none, 2 for 2xx.</summary>
    public Counters Classes { get; }

    /// <summary>Gets how many clients asked.</summary>
    public Sketch Clients { get; }

    /// <summary>Gets who answered.</summary>
    public KeySet<EndpointKey> Servers { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
