namespace Pcapper.Engine;

/// <summary>How a value of a list is compared.</summary>
public enum WatchMode
{
    /// <summary>As a whole.</summary>
    Exact,

    /// <summary>A domain, and everything below it.</summary>
    Subdomains,

    /// <summary>A range of addresses.</summary>
    Subnet,
}
