using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>How a call was answered, before the results.</summary>
/// <param name="Frame">The frame that answers.</param>
/// <param name="Time">When.</param>
/// <param name="IsDenied">Whether the call was rejected: wrong version or credentials.</param>
/// <param name="Status">The status of acceptance, or of rejection (RFC 5531, 9); 0 of an accepted call is success.</param>
internal readonly record struct RpcReply(FrameRef Frame, Timestamp Time, bool IsDenied, uint Status)
{
    public bool IsSuccess => !IsDenied && Status == 0;
}
