using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>Where and when an observable was seen.</summary>
internal sealed class ObservableUse : Group
{
    private const int MostPlaces = 6;
    private const int MostHosts = 8;

    public ObservableUse()
        : base(5)
    {
        When = Part(new Extent());
        Frames = Part(new FrameSample());
        Places = Part(new Texts(MostPlaces));
        Hosts = Part(new KeySet<AddressKey>(MostHosts));
        Also = Part(new Texts(MostPlaces));
    }

    public Extent When { get; }

    public FrameSample Frames { get; }

    public Texts Places { get; }

    public KeySet<AddressKey> Hosts { get; }

    /// <summary>Gets what else is known of a file, marked (<see cref="FileMark"/>) so that hashes sort before names.</summary>
    public Texts Also { get; }

    public ObservableUse Add(Timestamp time, FrameRef frame, string place, IpAddress host)
    {
        When.Add(time, frame);
        Frames.Add(frame);
        Places.Add(place);
        Hosts.Add(host);
        return this;
    }
}
