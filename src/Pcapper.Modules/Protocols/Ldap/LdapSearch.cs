namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>What a search asks for, and how much came back.</summary>
public sealed record LdapSearch
{
    /// <summary>Gets the name of the entry it starts at, raw; empty for the root.</summary>
    public required string Base { get; init; }

    /// <summary>Gets how far it goes: 0 this entry, 1 those directly below, 2 all below.</summary>
    public required int Scope { get; init; }

    /// <summary>Gets when aliases are followed: 0 never, 1 while searching, 2 to find the base, 3 always.</summary>
    public int Aliases { get; init; }

    /// <summary>Gets the most entries wanted; 0 for all.</summary>
    public long SizeLimit { get; init; }

    /// <summary>Gets the filter (RFC 4515), raw.</summary>
    public required string Filter { get; init; }

    /// <summary>Gets what the whole filter and all attributes show it is after: a bit for each <see cref="LdapMark"/>.</summary>
    public ulong Marks { get; init; }

    /// <summary>Gets the attributes wanted, raw, a few and those that matter; none for all.</summary>
    public IReadOnlyList<string> Attributes { get; init; } = [];

    /// <summary>Gets how many entries came back.</summary>
    public long Entries { get; init; }

    /// <summary>Gets how many bytes they had.</summary>
    public long EntryBytes { get; init; }

    /// <summary>Gets how many references to other servers came back.</summary>
    public long References { get; init; }
}
