using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>The alerts of one kind between a client and a server.</summary>
internal sealed class TlsAlertFacts : Group
{
    public TlsAlertFacts()
        : base(3)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Fatal = Part(new Count());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Count Fatal { get; }
}
