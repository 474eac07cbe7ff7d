using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Gssapi;

/// <summary>Takes the tokens of one mechanism out of those of GSS-API.</summary>
internal interface IGssapiMechanism
{
    /// <summary>Takes one token without its GSS-API frame: for Kerberos the message (RFC 4120), without the token identifier of RFC 4121.</summary>
    void Take(Direction direction, ReadOnlySpan<byte> token, FrameRef frame, Timestamp time);
}
