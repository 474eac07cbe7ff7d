using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Enrichment.Addresses;

/// <summary>Places and networks of public addresses, from the databases that the environment names.</summary>
internal sealed class AddressBook : IAddressBook, IDisposable
{
    /// <summary>Names databases of countries or cities; several are separated as in PATH.</summary>
    public const string PlacesVariable = "PCAPPER_GEOIP_CITY_DB";

    /// <summary>Names databases of autonomous systems.</summary>
    public const string NetworksVariable = "PCAPPER_GEOIP_ASN_DB";

    private const int MostRemembered = 65_536;
    private const int LongestText = 64;

    private readonly ConcurrentDictionary<IpAddress, AddressEntry?> _remembered = new();
    private readonly List<AddressDatabase> _places;
    private readonly List<AddressDatabase> _networks;
    private readonly List<string> _problems;
    private int _rememberedCount;

    private AddressBook(List<AddressDatabase> places, List<AddressDatabase> networks, List<string> problems)
        => (_places, _networks, _problems) = (places, networks, problems);

    /// <inheritdoc/>
    public bool KnowsPlaces => _places.Count > 0;

    /// <inheritdoc/>
    public bool KnowsNetworks => _networks.Count > 0;

    /// <summary>Gets what is wrong with the databases, for the report.</summary>
    public IEnumerable<RunProblem> Problems => _problems
        .Concat(_places.Concat(_networks).Where(database => database.IsDamaged).Select(database => $"the address database {database.Path} is damaged: some of what it holds is missing here"))
        .Select(text => new RunProblem(RunProblemKind.Limit, text));

    /// <summary>Opens the databases.</summary>
    /// <param name="places">Paths of databases of countries or cities, or null.</param>
    /// <param name="networks">Paths of databases of autonomous systems, or null.</param>
    /// <returns>The book, or null if no database is named.</returns>
    public static AddressBook? Open(string? places, string? networks)
    {
        if (string.IsNullOrEmpty(places) && string.IsNullOrEmpty(networks))
        {
            return null;
        }

        var problems = new List<string>();
        return new AddressBook(Open(PlacesVariable, places, problems), Open(NetworksVariable, networks, problems), problems);
    }

    /// <inheritdoc/>
    public AddressEntry? Find(IpAddress address)
    {
        if (address.Class is not (AddressClass.Public or AddressClass.Documentation))
        {
            return null;
        }

        if (!_remembered.TryGetValue(address, out AddressEntry? entry))
        {
            entry = LookUp(address);
            if (Volatile.Read(ref _rememberedCount) < MostRemembered && _remembered.TryAdd(address, entry))
            {
                Interlocked.Increment(ref _rememberedCount);
            }
        }

        return entry;
    }

    public void Dispose()
    {
        _places.ForEach(database => database.Dispose());
        _networks.ForEach(database => database.Dispose());
    }

    private static List<AddressDatabase> Open(string variable, string? paths, List<string> problems)
    {
        var opened = new List<AddressDatabase>();
        foreach (string path in (paths ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (AddressDatabase.Open(path, out string problem) is { } database)
            {
                opened.Add(database);
            }
            else
            {
                problems.Add($"cannot use the address database {path} ({variable}): {problem}");
            }
        }

        return opened;
    }

    private AddressEntry? LookUp(IpAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        var asked = new IPAddress(bytes[..address.CopyTo(bytes)]);
        string? country = null;
        string? city = null;
        foreach (AddressDatabase database in _places)
        {
            if (database.Find(asked) is { } found)
            {
                country ??= Country(found);
                city ??= City(found);
            }
        }

        long? asn = null;
        string? organization = null;
        foreach (AddressDatabase database in _networks)
        {
            if (database.Find(asked) is { } found)
            {
                asn ??= Number(found.GetValueOrDefault("autonomous_system_number") ?? found.GetValueOrDefault("asn"));
                organization ??= Text(found.GetValueOrDefault("autonomous_system_organization") ?? found.GetValueOrDefault("as_name"));
            }
        }

        return (country ?? city ?? organization) is null && asn is null ? null : new AddressEntry { Country = country, City = city, Asn = asn, Organization = organization };
    }

    // MaxMind's own databases nest (GeoIP2 City: country.iso_code, city.names.en), others have flat records (country_code, city).
    private static string? Country(Dictionary<string, object> found)
        => Text(Below(found, "country", "iso_code") ?? found.GetValueOrDefault("country_code") ?? Below(found, "registered_country", "iso_code"));

    private static string? City(Dictionary<string, object> found)
        => Text(found.GetValueOrDefault("city") is Dictionary<string, object> city ? Below(city, "names", "en") : found.GetValueOrDefault("city"));

    private static object? Below(Dictionary<string, object> found, string name, string field)
        => found.GetValueOrDefault(name) is Dictionary<string, object> inner ? inner.GetValueOrDefault(field) : null;

    private static string? Text(object? value) => value is string { Length: > 0 } text ? Printable.From(text, LongestText) : null;

    private static long? Number(object? value) => value switch
    {
        long number => number,
        int number => number,
        uint number => number,
        ulong number and <= long.MaxValue => (long)number,
        string text when long.TryParse(text.AsSpan().TrimStart("AS"), NumberStyles.None, CultureInfo.InvariantCulture, out long number) => number,
        _ => null,
    };
}
