using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>A call that waits for its response.</summary>
internal readonly record struct DceRpcPending(DceRpcCall Call, Timestamp Time);
