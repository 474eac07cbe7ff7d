using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Fuzz;

/// <summary>A flow for a parser that is fed with hostile bytes.</summary>
internal sealed class FuzzFlow : FlowContext
{
    public override FlowId Id { get; } = new(new FlowKey(IpAddress.FromIPv4(0xC000_0201), 1, IpAddress.FromIPv4(0xC000_0202), 2, IpProtocol.Tcp, default), new FrameRef(0, 1));

    public override bool SawStart => true;

    public override Timestamp Last => default;

    public override FrameRef LastFrame => new(0, 1);

    public override Expectation? AnnouncedAs => null;

    public override void Expect(Expectation expectation)
    {
    }
}
