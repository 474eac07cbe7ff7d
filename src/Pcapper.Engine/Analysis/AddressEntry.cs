using System.Globalization;

namespace Pcapper.Engine;

/// <summary>What databases on this machine say of a public address. Texts are printable.</summary>
public sealed record AddressEntry
{
    /// <summary>Gets the country, two letters of ISO 3166-1, or null.</summary>
    public string? Country { get; init; }

    /// <summary>Gets the city, or null.</summary>
    public string? City { get; init; }

    /// <summary>Gets the number of the autonomous system (RFC 6793), or null.</summary>
    public long? Asn { get; init; }

    /// <summary>Gets who runs it, or null.</summary>
    public string? Organization { get; init; }

    /// <summary>Writes what is known: <c>NL, Amsterdam, AS64500 Example</c>.</summary>
    public override string ToString()
    {
        string? network = Asn is { } number ? string.Create(CultureInfo.InvariantCulture, $"AS{number}{(Organization is null ? "" : " ")}{Organization}") : Organization;
        return string.Join(", ", ((string?[])[Country, City, network]).Where(text => text is not null));
    }
}
