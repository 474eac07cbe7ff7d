namespace Pcapper.Packets;

/// <summary>An IP datagram of which pieces came that do not make it whole.</summary>
/// <param name="Source">The sender.</param>
/// <param name="Destination">The receiver.</param>
/// <param name="Protocol">What it carries.</param>
/// <param name="Tunnel">The tunnel the pieces came in.</param>
/// <param name="First">The frame of the piece that came first.</param>
/// <param name="Time">When that was captured.</param>
public readonly record struct IncompleteDatagram(
    IpAddress Source, IpAddress Destination, IpProtocol Protocol, Encapsulation Tunnel, FrameRef First, Timestamp Time);
