using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>A public address that a finding names, and what is known of it.</summary>
/// <param name="Address">The address.</param>
/// <param name="Entry">What the address book says.</param>
public sealed record KnownAddress(IpAddress Address, AddressEntry Entry)
{
    private const int Most = 4;

    /// <summary>Writes <c>203.0.113.9 (NL, AS64500 Example)</c>.</summary>
    public override string ToString() => $"{Address} ({Entry})";

    /// <summary>Looks up whom a finding is about: its source, its destination, and addresses in its subject, a few.</summary>
    internal static IReadOnlyList<KnownAddress> In(Finding finding, IAddressBook book)
    {
        var addresses = new List<IpAddress>();
        void Add(IpAddress? address)
        {
            if (address is { } known && !addresses.Contains(known))
            {
                addresses.Add(known);
            }
        }

        Add(finding.Source);
        Add(finding.Destination);
        foreach (string word in finding.Subject.Split([' ', ',', '>', '(', ')', '"'], StringSplitOptions.RemoveEmptyEntries))
        {
            Add(AddressOf(word));
        }

        return [.. addresses.Take(Most).Select(a => (Address: a, Entry: book.Find(a))).Where(a => a.Entry is not null).Select(a => new KnownAddress(a.Address, a.Entry!))];
    }

    // An address alone, with a port, or in brackets with one. What is only digits is none, whatever old notations make of it.
    private static IpAddress? AddressOf(string word)
    {
        if (word.StartsWith('['))
        {
            word = word[1..].Split(']')[0];
        }
        else if (word.AsSpan().Count(':') == 1)
        {
            word = word[..word.IndexOf(':', StringComparison.Ordinal)];
        }

        return (word.AsSpan().Count('.') == 3 || word.Contains(':', StringComparison.Ordinal)) && IpAddress.TryParse(word, out IpAddress address) ? address : null;
    }
}
