using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>Where a response was seen, and whose it is.</summary>
internal sealed class ResponseFacts : Group
{
    private const int Most = 3;

    public ResponseFacts()
        : base(9)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Succeeded = Part(new Count());
        Failed = Part(new Count());
        Protocols = Part(new Texts(Most));
        Schemes = Part(new Texts(Most));
        Users = Part(new Texts(Most));
        Realms = Part(new Texts(Most));
        Pairs = Part(new Smallest<Key2<AddressKey, EndpointKey>>(Most));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Count Succeeded { get; }

    public Count Failed { get; }

    public Texts Protocols { get; }

    public Texts Schemes { get; }

    public Texts Users { get; }

    public Texts Realms { get; }

    /// <summary>Gets clients and servers.</summary>
    public Smallest<Key2<AddressKey, EndpointKey>> Pairs { get; }
}
