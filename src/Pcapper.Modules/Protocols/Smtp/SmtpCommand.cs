namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>The commands whose replies matter.</summary>
internal enum SmtpCommand
{
    /// <summary>Another command.</summary>
    Other,

    /// <summary>AUTH.</summary>
    Auth,

    /// <summary>MAIL FROM.</summary>
    Mail,

    /// <summary>RCPT TO.</summary>
    Recipient,

    /// <summary>DATA.</summary>
    Data,

    /// <summary>The end of a message, which is answered like a command; by LMTP once for each recipient.</summary>
    End,

    /// <summary>BDAT, but the last one.</summary>
    Chunk,
}
