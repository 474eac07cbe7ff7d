using Pcapper.Packets;
using Pcapper.Tests.Building;

namespace Pcapper.Tests.Protocols.Ntlm;

/// <summary>A flow for trackers, and what they state.</summary>
internal sealed class TrackerFlow() : RecordingFlow("192.0.2.5", 49152, "192.0.2.9", 445, IpProtocol.Tcp);
