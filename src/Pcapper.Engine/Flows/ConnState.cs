namespace Pcapper.Engine;

/// <summary>How a flow went, in Zeek's terms (docs.zeek.org, conn.log, conn_state).</summary>
public enum ConnState : byte
{
    /// <summary>No SYN seen, or not TCP-like: midstream traffic.</summary>
    OTH,

    /// <summary>Connection attempt seen, no reply.</summary>
    S0,

    /// <summary>Established, not terminated.</summary>
    S1,

    /// <summary>Established, close attempt by the originator seen, no reply from the responder.</summary>
    S2,

    /// <summary>Established, close attempt by the responder seen, no reply from the originator.</summary>
    S3,

    /// <summary>Normal establishment and termination.</summary>
    SF,

    /// <summary>Connection attempt rejected.</summary>
    REJ,

    /// <summary>Established, originator aborted.</summary>
    RSTO,

    /// <summary>Established, responder aborted.</summary>
    RSTR,

    /// <summary>Originator sent a SYN followed by a RST; no SYN-ACK seen.</summary>
    RSTOS0,

    /// <summary>Responder sent a SYN-ACK followed by a RST; no SYN seen.</summary>
    RSTRH,

    /// <summary>Originator sent a SYN followed by a FIN; no SYN-ACK seen.</summary>
    SH,

    /// <summary>Responder sent a SYN-ACK followed by a FIN; no SYN seen.</summary>
    SHR,
}
