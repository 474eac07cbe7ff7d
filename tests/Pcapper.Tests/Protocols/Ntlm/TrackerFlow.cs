using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Tests.Protocols.Ntlm;

/// <summary>A flow for trackers, and what they state.</summary>
internal sealed class TrackerFlow : FlowContext, IRecordConsumer<ProtocolRecord>
{
    public TrackerFlow() => Bus.SubscribeAll(this);

    public RecordBus Bus { get; } = new();

    public List<ProtocolRecord> Records { get; } = [];

    public override FlowId Id { get; } = new(
        new FlowKey(IpAddress.Parse("192.0.2.5"), 49152, IpAddress.Parse("192.0.2.9"), 445, IpProtocol.Tcp, default), new FrameRef(0, 1));

    public override bool SawStart => true;

    public override Timestamp Last => default;

    public override FrameRef LastFrame => default;

    public override Expectation? AnnouncedAs => null;

    public override void Expect(Expectation expectation) => throw new NotSupportedException();

    public void Consume(ProtocolRecord record) => Records.Add(record);
}
