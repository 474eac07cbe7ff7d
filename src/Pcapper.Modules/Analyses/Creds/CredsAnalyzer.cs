using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Modules.Protocols.Smb;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>Which secrets crossed the network where anybody on the way could read them, or guess them.</summary>
public sealed class CredsAnalyzer : Analyzer<CredsState>, IRecordConsumer<CredentialSeen>
{
    /// <summary>The places of <see cref="CredsState.Kinds"/>.</summary>
    internal const int Seen = 0;

    /// <summary>How many were let in.</summary>
    internal const int LetIn = 1;

    /// <summary>How many were refused.</summary>
    internal const int Refused = 2;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "creds", "--creds", "Credentials", "passwords, tokens, communities and hashes that crossed the network, in full; guessing", 2, CredsFindings.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.Subscribe(this);

    /// <inheritdoc/>
    public void Consume(CredentialSeen record)
    {
        Counters kind = State.Kinds[new(record.Protocol, record.Scheme)];
        kind[Seen]++;
        kind[LetIn] += record.Success == true ? 1 : 0;
        kind[Refused] += record.Success == false ? 1 : 0;
        var server = new EndpointKey(record.Server, record.ServerPort, record.Flow.Key.Protocol);
        if (record.Kind == CredentialKind.Response)
        {
            AddResponse(record, server);
        }
        else
        {
            CredentialFacts facts = State.Secrets[new(
                record.Kind, record.Protocol, record.Scheme, record.User, record.Realm, new SecretKey(record.Secret?.Reveal()), server, record.Client)];
            facts.AddFrame(record.Frame);
            facts.Add(record.Time, record.Time);
            facts[CredentialFacts.Succeeded] += record.Success == true ? 1 : 0;
            facts[CredentialFacts.Failed] += record.Success == false ? 1 : 0;
        }

        AddUse(record, server);
        AddTry(record);
    }

    /// <inheritdoc/>
    public override void Conclude(CredsState state, Conclusions conclusions)
    {
        CredsFindings.Raise(state, conclusions);
        CredsSection.Write(state, conclusions.Section);
        foreach ((ResponseKey key, _) in state.Responses.Entries.Concat(state.LongResponses.Entries).Where(entry => entry.Key.Mode != 0))
        {
            conclusions.Add(new HashLine(key.Mode, key.Line));
        }

        conclusions.Add(new Signal("cleartext passwords", state.Secrets.Entries.Count(entry => entry.Key.Kind == CredentialKind.Password && !IsAnonymous(entry.Key.User.Text)), "--creds"));
    }

    /// <summary>Tells whether a user gives no name: what such a user sends is no password (RFC 1635).</summary>
    internal static bool IsAnonymous(string? user) => user is not null && (user.Equals("anonymous", StringComparison.OrdinalIgnoreCase) || user.Equals("ftp", StringComparison.OrdinalIgnoreCase));

    private void AddResponse(CredentialSeen record, EndpointKey server)
    {
        if (record.Secret?.Reveal() is not { Length: > 0 and <= ResponseKey.Longest } line)
        {
            return;
        }

        ResponseFacts facts = (line.Length > CredsState.LongResponse ? State.LongResponses : State.Responses)[new(record.HashcatMode ?? 0, line)];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Succeeded.Add(record.Success == true ? 1 : 0);
        facts.Failed.Add(record.Success == false ? 1 : 0);
        facts.Protocols.Add(record.Protocol);
        facts.Schemes.Add(record.Scheme);
        facts.Users.Add(record.User);
        facts.Realms.Add(record.Realm);
        facts.Pairs.Add(new(record.Client, server));
    }

    // Cookies cross every plain HTTP connection: they are listed, not judged. The module of SMB judges passwords in policies.
    private void AddUse(CredentialSeen record, EndpointKey server)
    {
        if (record.Kind == CredentialKind.Name || record.Scheme is "cookie" or SmbEmitter.PolicyScheme || (record.Kind == CredentialKind.Password && IsAnonymous(record.User)))
        {
            return;
        }

        CredentialUse use = State.Uses[new((long)record.Kind, record.Protocol, server)];
        use.Frames.Add(record.Frame);
        use.When.Add(record.Time, record.Frame);
        use.Users.Add(record.User);
        use.Schemes.Add(record.Scheme);
        use.Clients.Add(record.Client);
        use.Succeeded.Add(record.Success == true ? 1 : 0);
        use.Weak.Add(record.Kind == CredentialKind.Community && record.Secret?.Reveal() is "public" or "private" ? 1 : 0);
    }

    private void AddTry(CredentialSeen record)
    {
        if (record.Success is not { } success || IsJudgedElsewhere(record) || record.Kind == CredentialKind.Community)
        {
            return;
        }

        LoginTries tries = State.Tries[new(new PairKey(record.Client, record.Server), record.Protocol, record.User)];
        if (success)
        {
            tries.AddAccepted(record.Time, record.Frame);
        }
        else
        {
            tries.AddRefused(record.Time, record.Frame);
        }
    }

    // The modules of these protocols and of NTLM judge guessing themselves (GuessJudge).
    private static bool IsJudgedElsewhere(CredentialSeen record)
        => record.Protocol is "http" or "smb" or "kerberos" || record is { Protocol: "ldap", Scheme: "simple" } || record.Scheme is "ntlmv1" or "ntlmv2" or "lm";
}
