namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Message types (RFC 4120, 7.5.7).</summary>
public enum KerberosMessageType
{
    /// <summary>Asks for a first ticket.</summary>
    AsRequest = 10,

    /// <summary>Gives a first ticket.</summary>
    AsReply = 11,

    /// <summary>Asks for a ticket for a service.</summary>
    TgsRequest = 12,

    /// <summary>Gives a ticket for a service.</summary>
    TgsReply = 13,

    /// <summary>Shows a ticket to a service.</summary>
    ApRequest = 14,

    /// <summary>The service proves itself in turn.</summary>
    ApReply = 15,

    /// <summary>A refusal.</summary>
    Error = 30,
}
