using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Where a message ended.</summary>
/// <param name="Direction">Which way it went.</param>
/// <param name="Frame">The frame of its last byte.</param>
/// <param name="Time">When.</param>
internal readonly record struct S7Place(Direction Direction, FrameRef Frame, Timestamp Time);
