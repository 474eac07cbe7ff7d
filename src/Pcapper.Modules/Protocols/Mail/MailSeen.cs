using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>A message went over the network. Frame and time are those of its first byte.</summary>
public sealed record MailSeen : ProtocolRecord
{
    /// <summary>Gets the protocol that carried it: <c>smtp</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>Gets which way it went.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Gets what the protocol says of it.</summary>
    public required MailEnvelope Envelope { get; init; }

    /// <summary>Gets the message.</summary>
    public required MailMessage Message { get; init; }

    /// <summary>Gets the frame of its last bytes.</summary>
    public required FrameRef LastFrame { get; init; }

    /// <summary>Gets who opened the connection.</summary>
    public IpAddress Client => Flow.Originator;

    /// <summary>Gets who was connected to.</summary>
    public IpAddress Server => Flow.Responder;
}
