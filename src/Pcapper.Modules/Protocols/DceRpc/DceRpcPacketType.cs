namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Kinds of connection-oriented packets (C706, 12.6.4; MS-RPCE, 2.2.2).</summary>
internal enum DceRpcPacketType : byte
{
    /// <summary>A call.</summary>
    Request = 0,

    /// <summary>Its result.</summary>
    Response = 2,

    /// <summary>The call failed.</summary>
    Fault = 3,

    /// <summary>Asks for interfaces.</summary>
    Bind = 11,

    /// <summary>Grants them.</summary>
    BindAck = 12,

    /// <summary>Refuses them.</summary>
    BindNak = 13,

    /// <summary>Asks for more interfaces, or goes on authenticating.</summary>
    AlterContext = 14,

    /// <summary>Answers it.</summary>
    AlterContextResponse = 15,

    /// <summary>The third message of an authentication.</summary>
    Auth3 = 16,

    /// <summary>Closes an association.</summary>
    Shutdown = 17,

    /// <summary>Cancels a call.</summary>
    Cancel = 18,

    /// <summary>Forgets a call.</summary>
    Orphaned = 19,
}
