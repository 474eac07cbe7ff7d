namespace Pcapper.Modules.Protocols.Mail;

/// <summary>A mailbox of a header field.</summary>
/// <param name="Name">The name that is shown, decoded, or null.</param>
/// <param name="Address">The address, raw.</param>
public readonly record struct MailAddress(string? Name, string Address)
{
    /// <summary>Gets what stands behind the last <c>@</c>, or an empty text.</summary>
    public string Domain => DomainOf(Address);

    /// <summary>Gets what stands behind the last <c>@</c> of an address, or an empty text.</summary>
    public static string DomainOf(string? address)
        => address?.LastIndexOf('@') is >= 0 and var at ? address[(at + 1)..].TrimEnd('.', '>').ToLowerInvariant() : string.Empty;
}
