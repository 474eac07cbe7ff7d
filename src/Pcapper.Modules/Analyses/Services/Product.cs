namespace Pcapper.Modules.Analyses.Services;

/// <summary>A product and its version.</summary>
/// <param name="Name">The product.</param>
/// <param name="Version">The version, as said; empty if none was.</param>
internal readonly record struct Product(string Name, string Version)
{
    private const int Most = 8;

    /// <summary>
    /// Gets the products that a banner names: <c>Apache/2.4.41 (Ubuntu) PHP/7.4.3</c>, <c>OpenSSH_9.2p1 Debian-2</c>, <c>vsFTPd 3.0.3</c>.
    /// A banner without any version is one product.
    /// </summary>
    public static IReadOnlyList<Product> Parse(string banner)
    {
        var products = new List<Product>();
        string[] words = banner.Split([' ', ',', ';', '(', ')', '\t'], StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < words.Length && products.Count < Most; i++)
        {
            string word = words[i];
            int cut = word.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash ? slash : word.IndexOf('_', StringComparison.Ordinal);
            if (cut > 0 && IsVersion(word.AsSpan(cut + 1)))
            {
                products.Add(new Product(word[..cut], Trimmed(word[(cut + 1)..])));
            }
            else if (i > 0 && IsDotted(word) && !IsVersion(words[i - 1]) && char.IsAsciiLetter(words[i - 1][0]) && words[i - 1].IndexOf('/', StringComparison.Ordinal) < 0)
            {
                string name = words[i - 1].TrimEnd(':');
                products.Add(new Product(i > 1 && name.ToUpperInvariant() is "VERSION" or "SERVER" or "V" ? words[i - 2] : name, Trimmed(word)));
            }
        }

        if (products.Count == 0 && banner.Length > 0)
        {
            products.Add(new Product(banner, ""));
        }

        return products;
    }

    /// <summary>Gets the number at a place of the version, or -1 if it has none there.</summary>
    public int Number(int place)
    {
        ReadOnlySpan<char> rest = Version;
        for (; place > 0; place--)
        {
            int dot = rest.IndexOf('.');
            if (dot < 0)
            {
                return -1;
            }

            rest = rest[(dot + 1)..];
        }

        int end = rest.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = end < 0 ? rest : rest[..end];
        return digits.Length is > 0 and <= 8 && int.TryParse(digits, System.Globalization.NumberStyles.None, null, out int number) ? number : -1;
    }

    /// <summary>Writes <c>nginx 1.22.1</c>.</summary>
    public override string ToString() => Version.Length == 0 ? Name : $"{Name} {Version}";

    private static string Trimmed(string text) => text.TrimStart('v', 'V').TrimEnd('.', ':', ']');

    private static bool IsVersion(ReadOnlySpan<char> text) => text.TrimStart("vV") is [>= '0' and <= '9', ..];

    // A number alone may be anything; one with a dot, after a name, is a version, unless it is an address.
    private static bool IsDotted(string text)
        => IsVersion(text) && text.Contains('.', StringComparison.Ordinal) && text.AsSpan().Count('.') <= 4
            && !(text.AsSpan().Count('.') == 3 && Packets.IpAddress.TryParse(text, out _) && text.Split('.').All(p => p.Length > 1));
}
