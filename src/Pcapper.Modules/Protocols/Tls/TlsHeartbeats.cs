using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>States the heartbeats of one flow.</summary>
internal sealed class TlsHeartbeats(FlowContext flow, RecordBus bus)
{
    private const byte Request = 1;

    private readonly Emitter<TlsHeartbeat> _heartbeats = bus.Emitter<TlsHeartbeat>();
    private readonly int[] _lengths = new int[2];

    /// <summary>Takes a heartbeat record's body.</summary>
    public void Take(Direction direction, ReadOnlySpan<byte> body, bool isEncrypted, TlsPlace place)
    {
        _lengths[(int)direction] = body.Length;
        if (!_heartbeats.IsWanted)
        {
            return;
        }

        var reader = new WireReader(body);
        byte type = reader.U8();
        ushort claimed = reader.U16();
        bool isReadable = !isEncrypted && !reader.Overrun;
        _heartbeats.Emit(new TlsHeartbeat
        {
            Flow = flow.Id,
            Frame = place.Frame,
            Time = place.Time,
            Direction = direction,
            IsEncrypted = isEncrypted,
            IsRequest = isReadable && type == Request,
            ClaimedLength = isReadable ? claimed : 0,
            RecordLength = body.Length,
            OtherLength = _lengths[1 - (int)direction],
        });
    }
}
