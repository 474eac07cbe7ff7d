using Pcapper.Engine;
using Pcapper.Modules.Protocols.Guessing;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>Who logs in where with NTLM, how well protected, and whether somebody is in between.</summary>
public sealed class NtlmAnalyzer : Analyzer<NtlmState>, IRecordConsumer<NtlmAuthentication>
{
    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "ntlm", "--ntlm", "NTLM", "NTLM logins in any protocol: accounts, versions, server names, weak and relayed logins", 2, NtlmFindings.All, typeof(KerberosState));

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.Subscribe(this);

    /// <inheritdoc/>
    public void Consume(NtlmAuthentication record)
    {
        State.Kinds[(int)record.Kind]++;
        State.Succeeded.Add(record.Success == true ? 1 : 0);
        State.Failed.Add(record.Success == false ? 1 : 0);
        State.Carriers[record.Carrier].Add();
        var pair = new PairKey(record.ClientAddress, record.ServerAddress);
        AddAccount(record, pair);
        AddServer(record);
        AddReuse(record, pair);
        AddTry(record, pair);
        Judge(record, pair);
    }

    /// <inheritdoc/>
    public override void Conclude(NtlmState state, Conclusions conclusions)
    {
        NtlmFindings.Raise(state, conclusions.Of<KerberosState>(), conclusions);
        NtlmSection.Write(state, conclusions.Section);
    }

    /// <summary>Tells whether a name that a client meant is one of the server's: its own, its domain's, or its address.</summary>
    internal static bool IsMeant(string target, NtlmTargetInfo server, IpAddress address)
    {
        string host = target[(target.IndexOf('/', StringComparison.Ordinal) + 1)..];
        int port = host.IndexOfAny([':', '/']);
        host = IpAddress.TryParse(host, out _) || port < 0 ? host : host[..port];
        if (host.Length == 0 || host is "localhost" || (IpAddress.TryParse(host, out IpAddress meant) && meant == address))
        {
            return true;
        }

        return IsName(host, server.NetbiosComputer) || IsName(host, server.DnsComputer) || IsName(host, server.NetbiosDomain)
            || IsName(host, server.DnsDomain) || IsName(host, server.DnsTree);
    }

    private static bool IsName(string host, string? name)
    {
        if (string.IsNullOrEmpty(name))
        {
            return false;
        }

        // NetBIOS names are cut at 15 characters; a short name stands for the long one, and the other way round.
        ReadOnlySpan<char> one = FirstLabel(host);
        ReadOnlySpan<char> other = FirstLabel(name);
        return host.Equals(name, StringComparison.OrdinalIgnoreCase) || (!IpAddress.TryParse(host, out _) && one.Equals(other, StringComparison.OrdinalIgnoreCase));
    }

    private static ReadOnlySpan<char> FirstLabel(string name)
    {
        const int NetbiosLength = 15;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        ReadOnlySpan<char> label = dot < 0 ? name : name.AsSpan(0, dot);
        return label[..Math.Min(label.Length, NetbiosLength)];
    }

    private void AddAccount(NtlmAuthentication record, PairKey pair)
    {
        NtlmAccountFacts facts = State.Accounts[new(pair, record.Account)];
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Kinds[(int)record.Kind]++;
        facts.Succeeded.Add(record.Success == true ? 1 : 0);
        facts.Failed.Add(record.Success == false ? 1 : 0);
        facts.Workstations.Add(record.Workstation);
        facts.Carriers.Add(record.Carrier);
        facts.Moments.Add(new MomentKey(record.Time, record.Frame));
    }

    private void AddServer(NtlmAuthentication record)
    {
        NtlmServerFacts facts = State.Servers[record.ServerAddress];
        facts.When.Add(record.Time, record.Frame);
        facts.Logins.Add();
        facts.Names.Add(record.Server?.DnsComputer ?? record.Server?.NetbiosComputer);
        facts.Domains.Add(record.Server?.DnsDomain ?? record.Server?.NetbiosDomain ?? record.TargetName);
        facts.Forests.Add(record.Server?.DnsTree);
    }

    private void AddReuse(NtlmAuthentication record, PairKey pair)
    {
        if (record.ServerChallenge is { } challenge && record.Kind != NtlmResponseKind.Anonymous)
        {
            AddReuse(State.Challenges[unchecked((long)challenge)], record, pair);
        }

        if (record.Kind is NtlmResponseKind.Version1 or NtlmResponseKind.Version1Extended or NtlmResponseKind.Version2)
        {
            AddReuse(State.Responses[unchecked((long)StableHash.Of(Convert.ToHexStringLower(record.NtResponse.Span)))], record, pair);
        }
    }

    private static void AddReuse(NtlmReuseFacts facts, NtlmAuthentication record, PairKey pair)
    {
        facts.Frames.Add(record.Frame);
        facts.When.Add(record.Time, record.Frame);
        facts.Pairs.Add(pair);
        facts.Connections.Add(unchecked((long)StableHash.Of(record.Flow.Uid)));
        facts.Accounts.Add(record.Account);
    }

    // The SMB module judges the logins of SMB, whatever their mechanism.
    private void AddTry(NtlmAuthentication record, PairKey pair)
    {
        if (record.Success is not { } success || record.Kind == NtlmResponseKind.Anonymous || record.Carrier is "smb")
        {
            return;
        }

        LoginTries tries = State.Tries[new(pair, record.Account)];
        if (success)
        {
            tries.AddAccepted(record.Time, record.Frame);
        }
        else
        {
            tries.AddRefused(record.Time, record.Frame);
        }
    }

    private void Judge(NtlmAuthentication record, PairKey pair)
    {
        if (record.Kind is NtlmResponseKind.Lm or NtlmResponseKind.Version1 or NtlmResponseKind.Version1Extended)
        {
            Note(NtlmProblem.WeakResponse, record, pair, NtlmNames.Kind(record.Kind));
        }

        if (record.Kind == NtlmResponseKind.Anonymous)
        {
            if (record.Success == true)
            {
                Note(NtlmProblem.Anonymous, record, pair, string.Empty);
            }

            return;
        }

        // MS-NLMP, 3.1.5.1.2: a challenge that tells the time asks for a MIC.
        if (record is { Kind: NtlmResponseKind.Version2, Server.Time: not null, Client.HasMic: false })
        {
            Note(NtlmProblem.NoMic, record, pair, string.Empty);
        }

        if (record is { Client.TargetName: { Length: > 0 } target, Server: { } server } && !IsMeant(target, server, record.ServerAddress))
        {
            Note(NtlmProblem.OtherTarget, record, pair, target);
        }

        if (record.ServerAddress.Class == AddressClass.Public && record.ClientAddress.Class != AddressClass.Public)
        {
            Note(NtlmProblem.External, record, pair, string.Empty);
        }

        // What a host does with itself comes from nowhere else.
        if (record.User.EndsWith('$') && pair.From != pair.To)
        {
            Note(NtlmProblem.MachineAccount, record, pair, record.Account);
        }
    }

    private void Note(NtlmProblem problem, NtlmAuthentication record, PairKey pair, string detail)
        => State.Problems[new((long)problem, pair)].Add(record, detail);
}
