namespace Pcapper.Modules.Analyses.Domain;

/// <summary>An account as protocols write it, taken apart. Texts are raw.</summary>
/// <param name="User">The name.</param>
/// <param name="Domain">The domain or realm, empty if none is said.</param>
internal readonly record struct AccountName(string User, string Domain)
{
    private const int DirectoryRoot = 3;   // DC=

    /// <summary>Gets a value indicating whether it is a computer's account, or one of a group of computers.</summary>
    public bool IsComputer => User.Length > 1 && User.EndsWith('$');

    /// <summary>Gets a value indicating whether it is a service's principal (<c>host/linux.corp.example</c>) and nobody's.</summary>
    public bool IsService => User.Contains('/', StringComparison.Ordinal);

    /// <summary>Takes apart <c>DOMAIN\user</c>, <c>user@domain</c>, <c>CN=user,DC=corp,DC=example</c> or a bare name.</summary>
    public static AccountName Of(string name, string? domain = null)
    {
        if (!string.IsNullOrEmpty(domain))
        {
            return new AccountName(name, domain);
        }

        if (name.IndexOf('\\', StringComparison.Ordinal) is >= 0 and var slash)
        {
            return new AccountName(name[(slash + 1)..], name[..slash]);
        }

        int equals = name.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && name.IndexOf(",DC=", StringComparison.OrdinalIgnoreCase) is > 0 and var root)
        {
            int comma = name.IndexOf(',', StringComparison.Ordinal);
            return new AccountName(name[(equals + 1)..Math.Max(comma, equals + 1)], string.Join('.', name[(root + 1)..].Split(',').Select(part => part[Math.Min(DirectoryRoot, part.Length)..])));
        }

        return name.LastIndexOf('@') is > 0 and var at ? new AccountName(name[..at], name[(at + 1)..]) : new AccountName(name, string.Empty);
    }

    /// <summary>Gets a host's short name, as in NetBIOS and in a computer's account: lower case, no domain, no <c>$</c>.</summary>
    public static string Short(string host)
    {
        int dot = host.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? host : host[..dot]).TrimEnd('$').ToLowerInvariant();
    }
}
