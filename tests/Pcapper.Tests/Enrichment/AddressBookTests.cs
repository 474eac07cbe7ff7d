using Pcapper.Engine;
using Pcapper.Enrichment.Addresses;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Enrichment;

public sealed class AddressBookTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pcapper-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Nested_and_flat_records_say_the_same()
    {
        string nested = new AddressDatabaseBuilder()
            .Network("203.0.113.0/24", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "NL" }, ["city"] = new Dictionary<string, object> { ["names"] = new Dictionary<string, object> { ["de"] = "Den Haag", ["en"] = "The Hague" } } })
            .ToFile(Path.Combine(_folder, "nested.mmdb"));
        string flat = new AddressDatabaseBuilder().Network("203.0.113.0/24", new() { ["country_code"] = "NL", ["city"] = "The Hague", ["state1"] = "South Holland" }).ToFile(Path.Combine(_folder, "flat.mmdb"));
        foreach (string path in (string[])[nested, flat])
        {
            using AddressBook book = AddressBook.Open(path, null)!;
            Assert.True(book.KnowsPlaces);
            Assert.False(book.KnowsNetworks);
            Assert.Equal(new AddressEntry { Country = "NL", City = "The Hague" }, book.Find(IpAddress.Parse("203.0.113.9")));
            Assert.Null(book.Find(IpAddress.Parse("198.51.100.9")));
            Assert.Empty(book.Problems);
        }
    }

    [Fact]
    public void Networks_are_named_with_their_number()
    {
        string path = new AddressDatabaseBuilder()
            .Network("203.0.113.0/25", new() { ["autonomous_system_number"] = 64_500u, ["autonomous_system_organization"] = "Example" })
            .Network("2001:db8::/32", new() { ["asn"] = "AS4200000000", ["as_name"] = "Other" })
            .ToFile(Path.Combine(_folder, "asn.mmdb"));
        using AddressBook book = AddressBook.Open(null, path)!;
        Assert.Equal("AS64500 Example", book.Find(IpAddress.Parse("203.0.113.9"))!.ToString());
        Assert.Equal("AS4200000000 Other", book.Find(IpAddress.Parse("2001:db8::1"))!.ToString());
        Assert.Null(book.Find(IpAddress.Parse("203.0.113.129")));
    }

    [Fact]
    public void Several_databases_make_one_book()
    {
        string four = new AddressDatabaseBuilder(ipVersion: 4).Network("203.0.113.0/24", new() { ["country_code"] = "NL" }).ToFile(Path.Combine(_folder, "4.mmdb"));
        string six = new AddressDatabaseBuilder().Network("2001:db8::/32", new() { ["country_code"] = "SE" }).ToFile(Path.Combine(_folder, "6.mmdb"));
        using AddressBook book = AddressBook.Open(four + Path.PathSeparator + six, null)!;
        Assert.Equal("NL", book.Find(IpAddress.Parse("203.0.113.9"))!.Country);
        Assert.Equal("SE", book.Find(IpAddress.Parse("2001:db8::1"))!.Country);
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("fd00::1")]
    [InlineData("127.0.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("0.0.0.0")]
    public void Addresses_that_are_not_public_are_nowhere(string address)
    {
        string path = new AddressDatabaseBuilder().Network("0.0.0.0/1", new() { ["country_code"] = "XX" }).Network("128.0.0.0/1", new() { ["country_code"] = "XX" }).Network("8000::/1", new() { ["country_code"] = "XX" })
            .ToFile(Path.Combine(_folder, "all.mmdb"));
        using AddressBook book = AddressBook.Open(path, null)!;
        Assert.Null(book.Find(IpAddress.Parse(address)));
        Assert.Equal("XX", book.Find(IpAddress.Parse("203.0.113.9"))!.Country);
    }

    [Fact]
    public void Texts_of_databases_are_made_harmless()
    {
        string path = new AddressDatabaseBuilder().Network("203.0.113.0/24", new() { ["country_code"] = "\u001b[31m", ["city"] = new string('x', 5000) }).ToFile(Path.Combine(_folder, "nasty.mmdb"));
        using AddressBook book = AddressBook.Open(path, null)!;
        AddressEntry entry = book.Find(IpAddress.Parse("203.0.113.9"))!;
        Assert.Equal("\\x1b[31m", entry.Country);
        Assert.Equal(64, entry.City!.Length);
    }

    [Fact]
    public void Without_a_database_there_is_no_book() => Assert.Null(AddressBook.Open(null, ""));

    [Fact]
    public void A_database_that_cannot_be_used_is_one_problem_and_the_other_serves()
    {
        string good = new AddressDatabaseBuilder().Network("203.0.113.0/24", new() { ["country_code"] = "NL" }).ToFile(Path.Combine(_folder, "good.mmdb"));
        string empty = Path.Combine(_folder, "empty.mmdb");
        File.WriteAllBytes(empty, []);
        string garbage = Path.Combine(_folder, "garbage.mmdb");
        File.WriteAllText(garbage, "this is no database");
        using AddressBook book = AddressBook.Open(string.Join(Path.PathSeparator, empty, good, garbage, Path.Combine(_folder, "missing.mmdb"), _folder), null)!;
        Assert.Equal("NL", book.Find(IpAddress.Parse("203.0.113.9"))!.Country);
        string[] problems = [.. book.Problems.Select(p => p.Text)];
        Assert.Equal(4, problems.Length);
        Assert.Contains("it is empty", problems[0], StringComparison.Ordinal);
        Assert.Contains("no database in MaxMind's format", problems[1], StringComparison.Ordinal);
        Assert.Contains("no such file", problems[2], StringComparison.Ordinal);
        Assert.Contains("it is a folder", problems[3], StringComparison.Ordinal);
        Assert.All(problems, problem => Assert.Contains(AddressBook.PlacesVariable, problem, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_cut_and_every_changed_byte_of_a_database_is_survived()
    {
        byte[] whole = new AddressDatabaseBuilder(ipVersion: 4)
            .Network("203.0.113.0/24", new() { ["country"] = new Dictionary<string, object> { ["iso_code"] = "NL" }, ["city"] = "The Hague" })
            .Network("198.51.100.0/24", new() { ["country_code"] = "SE", ["autonomous_system_number"] = 64_500u }).ToBytes();
        string path = Path.Combine(_folder, "changed.mmdb");
        for (int at = 0; at < whole.Length; at++)
        {
            Survives(path, whole[..at]);
            foreach (byte flip in (byte[])[0x01, 0x20, 0x80, 0xFF])
            {
                byte[] changed = [.. whole];
                changed[at] ^= flip;
                Survives(path, changed);
            }
        }
    }

    [Fact]
    public void A_record_that_holds_itself_or_nests_without_end_is_damage()
    {
        string path = new AddressDatabaseBuilder()
            .Raw("203.0.113.0/24", [0xE1, 0x41, (byte)'a', 0x01, 0x04, 0x20, 0x03])
            .Raw("198.51.100.0/24", [.. Enumerable.Repeat((byte[])[0xE1, 0x41, (byte)'a'], 200_000).SelectMany(b => b)])
            .ToFile(Path.Combine(_folder, "loop.mmdb"));
        using AddressBook book = AddressBook.Open(path, null)!;
        Assert.Null(book.Find(IpAddress.Parse("203.0.113.9")));
        Assert.Null(book.Find(IpAddress.Parse("198.51.100.9")));
        Assert.Contains("is damaged", Assert.Single(book.Problems).Text, StringComparison.Ordinal);
    }

    private static void Survives(string path, byte[] bytes)
    {
        File.WriteAllBytes(path, bytes);
        using AddressBook book = AddressBook.Open(path, path)!;
        _ = book.Find(IpAddress.Parse("203.0.113.9"));
        _ = book.Find(IpAddress.Parse("198.51.100.9"));
        _ = book.Find(IpAddress.Parse("2001:db8::1"));
        _ = book.Problems.Count();
    }
}
