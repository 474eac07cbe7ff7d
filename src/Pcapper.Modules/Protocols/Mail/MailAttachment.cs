namespace Pcapper.Modules.Protocols.Mail;

/// <summary>A file inside a message.</summary>
/// <param name="Name">Its name, decoded, or null.</param>
/// <param name="Declared">The media type that the message declares.</param>
/// <param name="Sniffed">The media type that its first bytes show, or null.</param>
/// <param name="Bytes">How many bytes it has, decoded.</param>
/// <param name="Sha256">The SHA-256 of its content in hexadecimal, or null if the content is not whole.</param>
/// <param name="Traits">What is risky about it.</param>
public sealed record MailAttachment(string? Name, string Declared, string? Sniffed, long Bytes, string? Sha256, AttachmentTraits Traits);
