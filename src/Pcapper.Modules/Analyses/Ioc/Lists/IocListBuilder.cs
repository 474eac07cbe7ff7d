using System.Globalization;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc.Lists;

/// <summary>Makes entries of the words and values of a list.</summary>
internal sealed class IocListBuilder(string name, int room)
{
    private const int MappedBits = 96;

    // A range wider than these is most of the Internet.
    private const int WidestIPv4 = 8;
    private const int WidestIPv6 = 16;
    private const int ShortestTop = 2;

    private static readonly Dictionary<string, IndicatorKind> s_kinds = new(StringComparer.Ordinal)
    {
        ["address"] = IndicatorKind.Address,
        ["ip"] = IndicatorKind.Address,
        ["ipv4"] = IndicatorKind.Address,
        ["ipv6"] = IndicatorKind.Address,
        ["ipv4-addr"] = IndicatorKind.Address,
        ["ipv6-addr"] = IndicatorKind.Address,
        ["ip-src"] = IndicatorKind.Address,
        ["ip-dst"] = IndicatorKind.Address,
        ["ip-address"] = IndicatorKind.Address,
        ["cidr"] = IndicatorKind.Address,
        ["ip-src|port"] = IndicatorKind.Address,
        ["ip-dst|port"] = IndicatorKind.Address,
        ["ip:port"] = IndicatorKind.Address,
        ["domain"] = IndicatorKind.Domain,
        ["hostname"] = IndicatorKind.Domain,
        ["host"] = IndicatorKind.Domain,
        ["fqdn"] = IndicatorKind.Domain,
        ["domain-name"] = IndicatorKind.Domain,
        ["hostname|port"] = IndicatorKind.Domain,
        ["domain|ip"] = IndicatorKind.Domain,
        ["url"] = IndicatorKind.Url,
        ["uri"] = IndicatorKind.Url,
        ["link"] = IndicatorKind.Url,
        ["email"] = IndicatorKind.Email,
        ["email-src"] = IndicatorKind.Email,
        ["email-dst"] = IndicatorKind.Email,
        ["email-addr"] = IndicatorKind.Email,
        ["email-reply-to"] = IndicatorKind.Email,
        ["md5"] = IndicatorKind.Md5,
        ["filehash-md5"] = IndicatorKind.Md5,
        ["filename|md5"] = IndicatorKind.Md5,
        ["md5-hash"] = IndicatorKind.Md5,
        ["sha1"] = IndicatorKind.Sha1,
        ["sha-1"] = IndicatorKind.Sha1,
        ["filehash-sha1"] = IndicatorKind.Sha1,
        ["filename|sha1"] = IndicatorKind.Sha1,
        ["sha1-hash"] = IndicatorKind.Sha1,
        ["sha256"] = IndicatorKind.Sha256,
        ["sha-256"] = IndicatorKind.Sha256,
        ["filehash-sha256"] = IndicatorKind.Sha256,
        ["filename|sha256"] = IndicatorKind.Sha256,
        ["sha256-hash"] = IndicatorKind.Sha256,
        ["certificate-sha256"] = IndicatorKind.Certificate,
        ["x509-fingerprint-sha256"] = IndicatorKind.Certificate,
        ["ja3"] = IndicatorKind.Ja3,
        ["ja3-fingerprint-md5"] = IndicatorKind.Ja3,
        ["ja3s"] = IndicatorKind.Ja3s,
        ["ja4"] = IndicatorKind.Ja4,
        ["user-agent"] = IndicatorKind.UserAgent,
    };

    private readonly List<WatchedPattern> _patterns = [];

    public IReadOnlyList<WatchedPattern> Patterns => _patterns;

    public long Skipped { get; private set; }

    public bool IsFull { get; private set; }

    /// <summary>Gets the kind that a list's word means, or null.</summary>
    public static IndicatorKind? KindOf(string word)
        => s_kinds.TryGetValue(word.Trim().ToLowerInvariant().Replace('_', '-').Replace(' ', '-'), out IndicatorKind kind) ? kind : null;

    /// <summary>Makes a term of a value of a known kind; null if it is none.</summary>
    public static WatchedTerm? Term(IndicatorKind kind, string value, bool isWhole)
    {
        switch (kind)
        {
            case IndicatorKind.Address:
                return Address(value);
            case IndicatorKind.Domain:
                bool isBelow = value.StartsWith("*.", StringComparison.Ordinal) || value.StartsWith('.');
                return IocValues.Domain(value.TrimStart('*').TrimStart('.')) is { } domain && domain.Length - domain.LastIndexOf('.') > ShortestTop
                    ? new WatchedTerm(kind, domain, isWhole && !isBelow ? WatchMode.Exact : WatchMode.Subdomains) : null;
            default:
                string? text = kind switch
                {
                    IndicatorKind.Url => IocValues.Url(value),
                    IndicatorKind.Email => IocValues.Email(value),
                    IndicatorKind.Md5 or IndicatorKind.Ja3 or IndicatorKind.Ja3s => IocValues.Hex(value, 32),
                    IndicatorKind.Sha1 => IocValues.Hex(value, 40),
                    IndicatorKind.Sha256 or IndicatorKind.Certificate => IocValues.Hex(value, 64),
                    IndicatorKind.Ja4 => IocValues.Ja4(value),
                    IndicatorKind.UserAgent => IocValues.Plain(value),
                    _ => null,
                };
                return text is null ? null : new WatchedTerm(kind, text, WatchMode.Exact);
        }
    }

    public void Skip() => Skipped++;

    /// <summary>Adds a value whose kind the list tells.</summary>
    public bool AddTyped(string word, string value, string place, bool isWhole)
    {
        if (KindOf(word) is not { } kind || value.Length > Limits.Text || Term(kind, Part(word, value), isWhole) is not { } term)
        {
            Skip();
            return false;
        }

        return Add([term], place);
    }

    /// <summary>Adds a value whose kind must be told by how it looks; false if it looks like nothing.</summary>
    public bool AddGuessed(string text, string place)
    {
        if (text.Length is 0 or > Limits.Text)
        {
            return false;
        }

        string value = Defang.Undo(text);
        IndicatorKind[] kinds = value.Contains("://", StringComparison.Ordinal) ? [IndicatorKind.Url]
            : value.Contains('@', StringComparison.Ordinal) ? [IndicatorKind.Email]
            : IocValues.Hex(value, 32) is not null ? [IndicatorKind.Md5, IndicatorKind.Ja3, IndicatorKind.Ja3s]
            : IocValues.Hex(value, 40) is not null ? [IndicatorKind.Sha1]
            : IocValues.Hex(value, 64) is not null ? [IndicatorKind.Sha256, IndicatorKind.Certificate]
            : IocValues.Ja4(value) is not null ? [IndicatorKind.Ja4]
            : Address(value) is not null ? [IndicatorKind.Address] : [IndicatorKind.Domain];
        bool isAny = false;
        foreach (IndicatorKind kind in kinds)
        {
            isAny |= Term(kind, value, isWhole: false) is { } term && Add([term], place);
        }

        return isAny;
    }

    /// <summary>Adds an entry.</summary>
    public bool Add(IReadOnlyList<WatchedTerm> terms, string place)
    {
        if (_patterns.Count >= room)
        {
            IsFull = true;
            return false;
        }

        _patterns.Add(new WatchedPattern(terms, name, place.Length > Limits.StateText ? place[..Limits.StateText] : place));
        return true;
    }

    // Of composite values the part that can be looked for.
    private static string Part(string word, string value)
    {
        int bar = value.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 || !word.Contains('|', StringComparison.Ordinal) ? value : word.StartsWith("filename", StringComparison.OrdinalIgnoreCase) ? value[(value.LastIndexOf('|') + 1)..] : value[..bar];
    }

    private static WatchedTerm? Address(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string host = (slash < 0 ? text : text[..slash]).Trim('[', ']');
        if (slash < 0 && host.Count(c => c == ':') == 1)
        {
            host = host[..host.IndexOf(':', StringComparison.Ordinal)];
        }

        // The platform also takes 1 and 0x7f.1 for addresses; in lists they are something else.
        if ((!host.Contains(':', StringComparison.Ordinal) && host.Count(c => c == '.') != 3) || host.Contains('%', StringComparison.Ordinal) || !IpAddress.TryParse(host, out IpAddress address))
        {
            return null;
        }

        if (slash < 0)
        {
            return new WatchedTerm(IndicatorKind.Address, address.ToString(), WatchMode.Exact);
        }

        int bits = address.IsIPv4 ? 32 : 128;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int prefix) || prefix > bits || prefix < (address.IsIPv4 ? WidestIPv4 : WidestIPv6))
        {
            return null;
        }

        int whole = address.IsIPv4 ? prefix + MappedBits : prefix;
        return prefix == bits ? new WatchedTerm(IndicatorKind.Address, address.ToString(), WatchMode.Exact)
            : new WatchedTerm(IndicatorKind.Address, WatchIndex.Cut(address, whole).ToString(), WatchMode.Subnet, whole);
    }
}
