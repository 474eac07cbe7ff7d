using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Where a problem was seen.</summary>
internal sealed class TlsProblemFacts : Group
{
    private const int MaxClients = 64;
    private const int MaxNames = 3;

    public TlsProblemFacts()
        : base(5)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Clients = Part(new KeySet<AddressKey>(MaxClients));
        Names = Part(new Texts(MaxNames));
        Largest = Part(new Maximum());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public KeySet<AddressKey> Clients { get; }

    public Texts Names { get; }

    public Maximum Largest { get; }

    public void Add(IpAddress client, string? name, FrameRef frame, Timestamp time)
    {
        Frames.Add(frame);
        When.Add(time, frame);
        Clients.Add(client);
        Names.Add(name);
    }
}
