using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Addresses, ranges and domains whose regular traffic is expected. It is looked at when a report is made, never while a capture is read.</summary>
public sealed class AllowList
{
    private const int MappedBits = 96;
    private const int AddressBits = 128;
    private const int LongestName = 253;   // RFC 1035, 2.3.4, as text

    private readonly List<(IpAddress First, int Prefix, string Text)> _ranges = [];
    private readonly HashSet<string> _domains = new(StringComparer.Ordinal);

    private AllowList()
    {
    }

    /// <summary>Gets the list that allows nothing.</summary>
    public static AllowList None { get; } = new();

    /// <summary>Gets how many entries it has.</summary>
    public int Count => _ranges.Count + _domains.Count;

    /// <summary>
    /// Reads a list: an address, a range (<c>192.0.2.0/24</c>) or a domain, which stands for what is below it as well, on each line. What follows
    /// <c>#</c> is a comment.
    /// </summary>
    /// <param name="text">The list.</param>
    /// <param name="problem">The first line that is none of these, and why; null if all are.</param>
    public static AllowList Parse(string text, out string? problem)
    {
        problem = null;
        var list = new AllowList();
        int number = 0;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            number++;
            int comment = line.IndexOf('#');
            string entry = (comment < 0 ? line : line[..comment]).Trim().ToString();
            if (entry.Length != 0 && !list.TryAdd(entry))
            {
                problem ??= string.Create(CultureInfo.InvariantCulture, $"line {number} is no address, range or domain: {Printable.From(entry, 64)}");
            }
        }

        return list;
    }

    /// <summary>Finds the entry that an address falls under, as it was written; null if none.</summary>
    public string? Find(IpAddress address)
    {
        foreach ((IpAddress first, int prefix, string text) in _ranges)
        {
            if (Cut(address, prefix) == first)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Finds the entry that a name falls under; null if none.</summary>
    public string? Find(string name)
    {
        if (_domains.Count == 0)
        {
            return null;
        }

        string rest = name.TrimEnd('.').ToLowerInvariant();
        while (!_domains.Contains(rest))
        {
            int dot = rest.IndexOf('.', StringComparison.Ordinal);
            if (dot < 0)
            {
                return null;
            }

            rest = rest[(dot + 1)..];
        }

        return rest;
    }

    private static IpAddress Cut(IpAddress address, int prefix)
    {
        UInt128 value = new(address.High, address.Low);
        UInt128 mask = prefix == 0 ? 0 : UInt128.MaxValue << (AddressBits - prefix);
        value &= mask;
        return new IpAddress((ulong)(value >> 64), (ulong)value);
    }

    private bool TryAdd(string entry)
    {
        int slash = entry.IndexOf('/', StringComparison.Ordinal);
        if (IpAddress.TryParse(slash < 0 ? entry : entry.AsSpan(0, slash), out IpAddress address))
        {
            int offset = address.IsIPv4 ? MappedBits : 0;
            int prefix = AddressBits - offset;
            if (slash >= 0 && (!int.TryParse(entry.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out prefix) || prefix > AddressBits - offset))
            {
                return false;
            }

            _ranges.Add((Cut(address, prefix + offset), prefix + offset, entry));
            return true;
        }

        string domain = entry.TrimStart('*').Trim('.').ToLowerInvariant();
        if (domain.Length is 0 or > LongestName || !domain.All(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_'))
        {
            return false;
        }

        _domains.Add(domain);
        return true;
    }
}
