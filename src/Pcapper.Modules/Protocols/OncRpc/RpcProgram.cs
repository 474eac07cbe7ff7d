namespace Pcapper.Modules.Protocols.OncRpc;

/// <summary>Programs that are read (IANA, "Remote Procedure Call Program Numbers").</summary>
public enum RpcProgram : uint
{
    /// <summary>Tells at which ports programs are (RFC 1833).</summary>
    Portmap = 100_000,

    /// <summary>Files (RFC 1094, 1813, 7530, 8881, 7862).</summary>
    Nfs = 100_003,

    /// <summary>The mount protocol (RFC 1813, 5).</summary>
    Mount = 100_005,

    /// <summary>Locks.</summary>
    LockManager = 100_021,

    /// <summary>Status of hosts with locks.</summary>
    Status = 100_024,
}
