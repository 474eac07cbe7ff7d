using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>Where something was seen.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Time">When it was captured.</param>
internal readonly record struct TlsPlace(FrameRef Frame, Timestamp Time);
