using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>Adds to the state what several protocols tell in the same way.</summary>
internal static class DomainSayings
{
    /// <summary>Gets a name for a key: lower case, without the dot at the end.</summary>
    public static string Key(string? name) => name is null ? string.Empty : name.TrimEnd('.').ToLowerInvariant();

    /// <summary>Tells whether a domain's name is a DNS name, and not a NetBIOS name.</summary>
    public static bool IsDnsName(string? name) => name is not null && name.Contains('.', StringComparison.Ordinal);

    /// <summary>Someone told of a domain; nothing happens if the name is empty.</summary>
    public static void AddDomain(this DomainState state, string? name, DomainEvidence evidence, ProtocolRecord record, IpAddress teller)
    {
        if (!string.IsNullOrEmpty(name) && teller.IsHost)
        {
            state.Domains[new(Key(name), (long)evidence)].Add(record, teller);
        }
    }

    /// <summary>One answer gave both names of a domain.</summary>
    public static void AddAlias(this DomainState state, string? dnsName, string? netbiosName, ProtocolRecord record, IpAddress teller)
    {
        if (teller.IsHost && IsDnsName(dnsName) && !string.IsNullOrEmpty(netbiosName) && !IsDnsName(netbiosName))
        {
            state.Aliases[new(Key(dnsName), Key(netbiosName))].Add(record, teller);
        }
    }

    /// <summary>An answer named a domain's forest.</summary>
    public static void AddForest(this DomainState state, string? domain, string? forest, ProtocolRecord record, IpAddress teller)
    {
        if (!string.IsNullOrEmpty(domain) && !string.IsNullOrEmpty(forest) && teller.IsHost)
        {
            state.Forests[new(Key(domain), Key(forest))].Add(record, teller);
        }
    }

    /// <summary>Gets one kind of evidence that an address is a controller; a domain that was not told is empty.</summary>
    public static ControllerFacts? AddController(this DomainState state, IpAddress address, DomainEvidence evidence, string? domain, ProtocolRecord record, IpAddress peer)
        => address.IsHost ? state.Controllers[new(address, (long)evidence, Key(domain))].Add(record, peer) : null;

    /// <summary>A computer is in a domain.</summary>
    public static void AddComputer(this DomainState state, string? name, string? dnsName, string? domain, IpAddress address, string source, ProtocolRecord record)
    {
        string shortName = AccountName.Short(string.IsNullOrEmpty(name) ? dnsName ?? string.Empty : name);
        if (shortName.Length == 0 || string.IsNullOrEmpty(domain) || !address.IsHost)
        {
            return;
        }

        ComputerFacts facts = state.Computers[new(shortName, Key(domain), address)];
        facts.Names.Add(IsDnsName(dnsName) ? Key(dnsName) : null);
        facts.Sources.Add(source);
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
    }

    /// <summary>An account logged in, or tried to.</summary>
    /// <param name="state">The state.</param>
    /// <param name="account">The account.</param>
    /// <param name="hosts">From where to where.</param>
    /// <param name="source">The protocol.</param>
    /// <param name="success">How it went, or null.</param>
    /// <param name="record">What says so.</param>
    public static LoginFacts AddLogin(this DomainState state, AccountName account, PairKey hosts, string source, bool? success, ProtocolRecord record)
    {
        // Copies of datagrams on their way to 0.0.0.0, as captures inside of hosts have them, are no further logins.
        LoginFacts facts = hosts.From.IsHost && hosts.To.IsHost ? state.Logins[new(new(Key(account.User), Key(account.Domain)), hosts, source)] : new LoginFacts();
        facts.Spellings.Add(account.User);
        facts.Succeeded.Add(success == true ? 1 : 0);
        facts.Failed.Add(success == false ? 1 : 0);
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        return facts;
    }
}
