namespace Pcapper.Modules.Protocols.Smtp;

/// <summary>A command that waits for its reply.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Mail">The transaction it belongs to, or null.</param>
/// <param name="Place">Which recipient it names.</param>
internal sealed record SmtpRequest(SmtpCommand Kind, SmtpMail? Mail = null, int Place = 0);
