using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>
/// A session was asked for on port 139, granted or refused. Whoever parses the stream behind it (SMB) reads the message with
/// <see cref="TryRead"/> and emits the record; the name service does not claim the flow.
/// </summary>
public sealed record NetbiosSession : ProtocolRecord
{
    /// <summary>The type of a session request (RFC 1002, 4.3.1).</summary>
    public const byte Request = 0x81;

    /// <summary>The type of a positive response.</summary>
    public const byte Positive = 0x82;

    /// <summary>The type of a negative response.</summary>
    public const byte Negative = 0x83;

    private const int Header = 4;

    /// <summary>Gets the type of the message.</summary>
    public required byte Type { get; init; }

    /// <summary>Gets the name called, of a request.</summary>
    public NetbiosName? Called { get; init; }

    /// <summary>Gets the name of who calls, of a request.</summary>
    public NetbiosName? Calling { get; init; }

    /// <summary>Gets the reason of a negative response (RFC 1002, 4.3.4).</summary>
    public byte? Error { get; init; }

    /// <summary>
    /// Reads a session request, positive or negative response, its four-byte header included. False for session messages, keep-alives and what is too short.
    /// </summary>
    public static bool TryRead(FlowId flow, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time, out NetbiosSession? session)
    {
        session = null;
        var reader = new WireReader(message);
        byte type = reader.U8();
        int length = ((reader.U8() & 1) << 16) | reader.U16();
        ReadOnlySpan<byte> body = reader.Take(length);
        if (reader.Overrun || type is not (Request or Positive or Negative))
        {
            return false;
        }

        NetbiosName called = default;
        NetbiosName calling = default;
        int at = 0;
        if (type == Request && !(NetbiosWire.TryReadName(body, ref at, out called) && NetbiosWire.TryReadName(body, ref at, out calling)))
        {
            return false;
        }

        session = new NetbiosSession
        {
            Flow = flow,
            Frame = frame,
            Time = time,
            Type = type,
            Called = type == Request ? called : null,
            Calling = type == Request ? calling : null,
            Error = type == Negative && body.Length > 0 ? message[Header] : null,
        };
        return true;
    }
}
