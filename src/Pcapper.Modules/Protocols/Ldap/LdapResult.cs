using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>How an operation went (RFC 4511, 4.1.9). Texts are raw.</summary>
public sealed record LdapResult
{
    /// <summary>Gets the frame that completes it.</summary>
    public required FrameRef Frame { get; init; }

    /// <summary>Gets when that frame was captured.</summary>
    public required Timestamp Time { get; init; }

    /// <summary>Gets the code.</summary>
    public required int Code { get; init; }

    /// <summary>Gets the last entry that was found, where one was not.</summary>
    public string MatchedName { get; init; } = string.Empty;

    /// <summary>Gets what the server says about it.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>Gets the other servers to ask, a few.</summary>
    public IReadOnlyList<string> Referrals { get; init; } = [];
}
