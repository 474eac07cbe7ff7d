namespace Pcapper.Modules.Protocols.Mail;

/// <summary>What the protocol says of a message besides the message itself.</summary>
/// <param name="From">The sender of the envelope, raw: empty for bounces; null if unknown.</param>
/// <param name="Recipients">The recipients of the envelope, raw.</param>
/// <param name="Hello">The name that the client gave, raw, or null.</param>
/// <param name="Code">The server's answer to the message, or null.</param>
public sealed record MailEnvelope(string? From, IReadOnlyList<string> Recipients, string? Hello = null, int? Code = null)
{
    /// <summary>Gets the envelope of a message that is fetched: nothing.</summary>
    public static MailEnvelope None { get; } = new(null, []);
}
