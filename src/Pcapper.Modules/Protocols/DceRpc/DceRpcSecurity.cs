using Pcapper.Modules.Protocols.Gssapi;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>A security context of an association (MS-RPCE, 2.2.2.11): several accounts may call through one connection.</summary>
/// <param name="tracker">What follows its authentication.</param>
internal sealed class DceRpcSecurity(GssapiTracker tracker)
{
    /// <summary>Gets what follows its authentication.</summary>
    public GssapiTracker Tracker { get; } = tracker;

    /// <summary>Gets or sets the account, raw, or null if it is not known.</summary>
    public string? Account { get; set; }

    /// <summary>Gets or sets a value indicating whether arguments are encrypted.</summary>
    public bool IsSealed { get; set; }
}
