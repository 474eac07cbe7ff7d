namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>One recipient of an envelope.</summary>
/// <param name="Address">The address without its angle brackets, raw.</param>
/// <param name="Code">The server's answer, or null if none was seen.</param>
public sealed record SmtpRecipient(string Address, int? Code);
