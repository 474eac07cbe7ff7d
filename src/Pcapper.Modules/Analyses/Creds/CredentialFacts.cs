using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>How often a secret was shown, when, in which frames, and how it went.</summary>
internal sealed class CredentialFacts : Activity
{
    /// <summary>Index of logins that it opened.</summary>
    public const int Succeeded = 0;

    /// <summary>Index of logins that were refused.</summary>
    public const int Failed = 1;
}
