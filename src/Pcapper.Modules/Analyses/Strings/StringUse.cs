using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>How often a text was seen, and where first.</summary>
internal sealed class StringUse : Group
{
    private const int MostHosts = 4;
    private const int MostProtocols = 3;

    public StringUse()
        : base(4)
    {
        Frames = Part(new FrameSample());
        Places = Part(new Smallest<StringPlace>(1));
        Hosts = Part(new Smallest<AddressKey>(MostHosts));
        Protocols = Part(new Texts(MostProtocols));
    }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets where it was seen first.</summary>
    public Smallest<StringPlace> Places { get; }

    /// <summary>Gets who sent or received it, a few.</summary>
    public Smallest<AddressKey> Hosts { get; }

    /// <summary>Gets the protocols that carried it.</summary>
    public Texts Protocols { get; }

    /// <summary>Gets how often it went in bytes that nothing recognised.</summary>
    public long Unexplained => Frames.Total - Protocols.Total;

    /// <summary>Adds one occurrence.</summary>
    public void Add(in StringPlace place, string? protocol)
    {
        Frames.Add(place.Frame);
        Places.Add(place);
        Hosts.Add(place.From);
        Hosts.Add(place.To);
        Protocols.Add(protocol);
    }
}
