using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>The few numbers of an ended flow that a report of quantities needs: no object is made for them, unlike <see cref="FlowEnded"/>.</summary>
public readonly record struct FlowCounts
{
    /// <summary>Gets the capture that its first packet was in.</summary>
    public required int Capture { get; init; }

    /// <summary>Gets its IP protocol.</summary>
    public required IpProtocol Protocol { get; init; }

    /// <summary>Gets the innermost protocol that it spoke; null if none was recognised.</summary>
    public required string? Service { get; init; }

    /// <summary>Gets a value indicating whether anyone tried to recognise what it spoke.</summary>
    public required bool WasProbed { get; init; }

    /// <summary>Gets what the originator sent.</summary>
    public required DirectionTotals ToResponder { get; init; }

    /// <summary>Gets what the responder sent.</summary>
    public required DirectionTotals ToOriginator { get; init; }

    /// <summary>Gets the bytes of its IP packets, headers included.</summary>
    public long IpBytes => ToResponder.IpBytes + ToOriginator.IpBytes;

    /// <summary>Gets the payload bytes of both directions.</summary>
    public long PayloadBytes => ToResponder.PayloadBytes + ToOriginator.PayloadBytes;
}
