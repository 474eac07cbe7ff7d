namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>What can be wrong with one login by itself.</summary>
internal enum NtlmProblem
{
    /// <summary>The response is LM, NTLMv1, or NTLMv1 with extended session security.</summary>
    WeakResponse,

    /// <summary>The server let an anonymous client in.</summary>
    Anonymous,

    /// <summary>The client should have added a MIC, and did not.</summary>
    NoMic,

    /// <summary>The client meant another server than the one that answered.</summary>
    OtherTarget,

    /// <summary>The server is on the Internet.</summary>
    External,

    /// <summary>A computer logged in, not a person.</summary>
    MachineAccount,
}
