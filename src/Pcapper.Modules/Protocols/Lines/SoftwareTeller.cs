using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>States which software the two ends of a flow say they are, each thing once.</summary>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
/// <param name="protocol">The protocol's name.</param>
internal sealed class SoftwareTeller(FlowContext flow, RecordBus bus, string protocol)
{
    private const int MaxBanner = 256;

    private readonly Emitter<SoftwareSeen> _software = bus.Emitter<SoftwareSeen>();
    private readonly Emitter<UnauthenticatedAccess> _access = bus.Emitter<UnauthenticatedAccess>();
    private readonly string?[] _told = new string?[2];
    private bool _isAccessTold;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _software.IsWanted;

    /// <summary>States the software of a server.</summary>
    /// <param name="from">The direction of what it said.</param>
    /// <param name="banner">What it said, raw.</param>
    /// <param name="chunk">The chunk that begins with it.</param>
    public void Server(Direction from, ReadOnlySpan<byte> banner, in StreamChunk chunk)
        => Tell(from, from == Direction.ToOriginator ? flow.Id.ResponderPort : flow.Id.OriginatorPort, Text(banner), chunk);

    /// <summary>States the software of a server, where the protocol gives a version only.</summary>
    public void Server(Direction from, string product, ReadOnlySpan<byte> version, in StreamChunk chunk)
        => Tell(from, from == Direction.ToOriginator ? flow.Id.ResponderPort : flow.Id.OriginatorPort, $"{product}/{Text(version)}", chunk);

    /// <summary>States the software of a client.</summary>
    public void Client(Direction from, ReadOnlySpan<byte> banner, in StreamChunk chunk) => Tell(from, 0, Text(banner), chunk);

    /// <summary>States that the server lets clients in without a secret.</summary>
    /// <param name="from">The direction of what the server said.</param>
    /// <param name="how">What showed it, a constant text.</param>
    /// <param name="chunk">The chunk that shows it.</param>
    public void LetIn(Direction from, string how, in StreamChunk chunk)
    {
        if (!_access.IsWanted || _isAccessTold)
        {
            return;
        }

        _isAccessTold = true;
        _access.Emit(new UnauthenticatedAccess
        {
            Flow = flow.Id,
            Frame = chunk.Frame,
            Time = chunk.Time,
            Protocol = protocol,
            Server = flow.Id.Sender(from),
            Port = from == Direction.ToOriginator ? flow.Id.ResponderPort : flow.Id.OriginatorPort,
            Client = flow.Id.Receiver(from),
            How = how,
        });
    }

    private static string Text(ReadOnlySpan<byte> banner) => WireText.Decode(banner.Trim(" \t\r\n\0"u8), MaxBanner);

    private void Tell(Direction from, ushort port, string banner, in StreamChunk chunk)
    {
        if (!_software.IsWanted || banner.Length == 0 || string.Equals(_told[(int)from], banner, StringComparison.Ordinal))
        {
            return;
        }

        _told[(int)from] = banner;
        _software.Emit(new SoftwareSeen
        {
            Flow = flow.Id,
            Frame = chunk.Frame,
            Time = chunk.Time,
            Host = flow.Id.Sender(from),
            Port = port,
            Protocol = protocol,
            Banner = banner,
        });
    }
}
