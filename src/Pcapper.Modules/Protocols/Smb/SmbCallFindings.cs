using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Judges remote procedure calls.</summary>
internal static class SmbCallFindings
{
    // Operations of MS-SCMR, MS-TSCH, MS-WMI, MS-RRP, MS-DRSR, MS-LSAD, MS-PAR and MS-RPRN that need only be called to be told.
    private static readonly (FindingType Type, string Interface, int[] Operations)[] s_rules =
    [
        (SmbFindings.RemoteService, DceRpcInterfaces.ServiceControl, [12, 24, 44, 45, 60]),
        (SmbFindings.RemoteTask, DceRpcInterfaces.TaskScheduler, [1]),
        (SmbFindings.RemoteTask, DceRpcInterfaces.JobScheduler, [0]),
        (SmbFindings.WmiExecution, DceRpcInterfaces.WbemServices, [24, 25]),
        (SmbFindings.RegistrySave, DceRpcInterfaces.Registry, [20, 31]),
        (SmbFindings.RegistryWrite, DceRpcInterfaces.Registry, [22]),
        (SmbFindings.AccountChange, DceRpcInterfaces.AccountManager, [37, 58]),
        (SmbFindings.LocalFunction, DceRpcInterfaces.Server, [74]),
        (SmbFindings.LsaSecret, DceRpcInterfaces.LocalSecurity, [29, 30, 43]),
        (SmbFindings.PrinterDriver, DceRpcInterfaces.Spooler, [89]),
        (SmbFindings.PrinterDriver, DceRpcInterfaces.AsynchronousPrint, [39]),
    ];

    private static readonly FindingType[] s_executions = [SmbFindings.RemoteService, SmbFindings.RemoteTask, SmbFindings.WmiExecution];

    private const int CreateUser2InDomain = 50;   // MS-SAMR, 3.1.5.4.4
    private const int ChangesOfJoin = 2;

    // Operations of IDispatch (MS-OAUT, 3.1.4).
    private const int GetIdsOfNames = 5;
    private const int Invoke = 6;

    // What ordinary clients of a print server call besides opening it: without any of these nobody prints.
    private static readonly int[] s_printing = [3, 4, 8, 10, 11, 17, 19, 26, 53, 70, 78];

    /// <summary>Raises what calls show.</summary>
    /// <param name="state">What is known.</param>
    /// <param name="outputs">The findings about output that was fetched through a share, by client and server: what ran there is told with them.</param>
    /// <param name="conclusions">Where findings go.</param>
    public static void Raise(SmbState state, Dictionary<PairKey, Finding> outputs, Conclusions conclusions)
    {
        var unseen = new SmbUnseenInterfaces(state);
        HashSet<IpAddress> controllers = Controllers(state);
        ILookup<IpAddress, KeyValuePair<Key2<PairKey, TextKey>, SmbLoginFacts>> logins = state.Logins.Entries.ToLookup(entry => entry.Key.First.From);
        foreach (IGrouping<PairKey, KeyValuePair<Key3<PairKey, TextKey, NumberKey>, SmbCallFacts>> calls in state.Calls.Entries.GroupBy(entry => entry.Key.First))
        {
            PairKey pair = calls.Key;
            foreach ((FindingType type, string interfaceId, int[] operations) in s_rules)
            {
                if (SmbCalls.Find(state, pair, interfaceId, operations) is { } found)
                {
                    Finding finding = Doubt(
                        type == SmbFindings.AccountChange && IsJoin(state, pair, found), Make(type, interfaceId, found),
                        "a computer joins the domain: its account was created, and logged in to Netlogon from there", Severity.Low);
                    conclusions.Add(s_executions.Contains(type) ? WithOutput(finding, pair, outputs) : finding);
                }
            }

            RaiseObjects(state, pair, unseen.IsDispatch(pair), outputs, conclusions);
            RaiseDirectory(state, pair, controllers, unseen.IsReplication(pair), conclusions);
            RaiseZerologon(state, pair, conclusions);
            RaiseCoercion(state, pair, logins, conclusions);
        }

        foreach (Finding output in outputs.OrderBy(entry => entry.Key).Select(entry => entry.Value))
        {
            conclusions.Add(output);
        }
    }

    // A program was run there, and what it wrote was fetched: smbexec, atexec, wmiexec and dcomexec, whatever arguments can be seen.
    private static Finding WithOutput(Finding execution, PairKey pair, Dictionary<PairKey, Finding> outputs)
        => execution.Severity >= Severity.High && outputs.Remove(pair, out Finding? output) ? SmbFindings.Together(Severity.Critical, execution, output) : execution;

    // Who serves these to others is a domain controller; its own calls are replication. Being asked for them alone makes nobody one.
    private static HashSet<IpAddress> Controllers(SmbState state)
        => [.. state.Calls.Entries
                .Where(entry => entry.Value.Answered.Value > 0 && (entry.Key.Second.Text is DceRpcInterfaces.DirectoryReplication or DceRpcInterfaces.Netlogon))
                .Select(entry => entry.Key.First.To),
            .. state.Shares.Entries.Where(entry => entry.Value.Connected.Value > 0 && SmbNames.Last(entry.Key.Second.Text).ToUpperInvariant() is "SYSVOL" or "NETLOGON").Select(entry => entry.Key.First.To)];

    // Who joins a domain creates the computer's account, sets its flags and its password, and opens a secure channel with it.
    private static bool IsJoin(SmbState state, PairKey pair, SmbCalls changes)
        => SmbCalls.Find(state, pair, DceRpcInterfaces.AccountManager, CreateUser2InDomain) is { Answered: > 0 } creation
            && changes.Frames.Total <= ChangesOfJoin * creation.Answered
            && SmbCalls.Find(state, pair, DceRpcInterfaces.Netlogon, 15, 26) is { Succeeded: > 0 } login && login.When.Last.CompareTo(changes.When.First) >= 0
            && !login.Details.Values.Any(detail => detail.StartsWith(DceRpcArguments.ZeroCredential, StringComparison.Ordinal));

    private static void RaiseObjects(SmbState state, PairKey pair, bool isUnseenDispatch, Dictionary<PairKey, Finding> outputs, Conclusions conclusions)
    {
        bool isWmi = SmbCalls.Find(state, pair, DceRpcInterfaces.WbemLogin, 3, 4, 5, 6) is { Answered: > 0 };
        if (SmbCalls.Find(state, pair, DceRpcInterfaces.WbemServices, 20, 21, 6, 7) is { } queries && SmbCalls.Find(state, pair, DceRpcInterfaces.WbemServices, 24, 25) is null)
        {
            conclusions.Add(Make(SmbFindings.WmiQuery, DceRpcInterfaces.WbemServices, queries));
        }

        // Invoke drives an automation object: MMC20.Application and the shell's windows run programs that way.
        if (SmbCalls.Find(state, pair, DceRpcInterfaces.Dispatch, Invoke) is { } invocations)
        {
            SmbCalls? activations = SmbCalls.Find(state, pair, DceRpcInterfaces.SystemActivator, 3, 4) ?? SmbCalls.Find(state, pair, DceRpcInterfaces.Activation, 0);
            string classes = activations is null || activations.Details.Values.Count == 0 ? "an object whose class cannot be seen" : string.Join(", ", activations.Details.Values);
            Finding finding = Make(SmbFindings.RemoteObject, DceRpcInterfaces.Dispatch, invocations);
            finding = Doubt(isWmi, finding with { Summary = $"{classes}: {finding.Summary}" }, "the client speaks WMI with it, which drives objects too", Severity.Low);
            conclusions.Add(WithOutput(finding, pair, outputs));
        }

        // The capture began after the bind.
        if (isUnseenDispatch && SmbCalls.Find(state, pair, string.Empty, GetIdsOfNames, Invoke) is { } guessed)
        {
            Finding finding = Make(SmbFindings.RemoteObject, DceRpcInterfaces.Dispatch, guessed);
            conclusions.Add(finding with { Raised = Severity.Medium, Confidence = 60, Summary = $"interface not captured, operations as of an automation object: {finding.Summary}" });
        }
    }

    private static void RaiseDirectory(SmbState state, PairKey pair, HashSet<IpAddress> controllers, bool isUnseenReplication, Conclusions conclusions)
    {
        bool isController = controllers.Contains(pair.From);
        const string why = "the client serves others as a domain controller does, and those replicate";
        if (SmbCalls.Find(state, pair, DceRpcInterfaces.DirectoryReplication, 3) is { } changes)
        {
            conclusions.Add(Doubt(isController, Make(SmbFindings.DcSync, DceRpcInterfaces.DirectoryReplication, changes), why, Severity.Low));
        }

        // The capture began after the bind: its operations together are those of a directory that is copied out.
        if (isUnseenReplication && SmbCalls.Find(state, pair, string.Empty, 3) is { } guessed)
        {
            Finding finding = Make(SmbFindings.DcSync, DceRpcInterfaces.DirectoryReplication, guessed);
            finding = finding with { Raised = Severity.Medium, Confidence = 60, Summary = $"interface not captured, operations as of a directory that is copied: {finding.Summary}" };
            conclusions.Add(Doubt(isController, finding, why, Severity.Low));
        }

        if (SmbCalls.Find(state, pair, DceRpcInterfaces.DirectoryReplication, 5, 17) is { } additions)
        {
            conclusions.Add(Doubt(isController, Make(SmbFindings.DcShadow, DceRpcInterfaces.DirectoryReplication, additions), why, Severity.Low));
        }
    }

    // CVE-2020-1472: with zeros everywhere one attempt in 256 succeeds. An honest credential is all zeros once in 2^64 times.
    private static void RaiseZerologon(SmbState state, PairKey pair, Conclusions conclusions)
    {
        var zeros = new FrameSample();
        var when = new Extent();
        var victims = new Texts();
        long accepted = 0;
        long told = 0;
        foreach (int operation in (ReadOnlySpan<int>)[15, 26])
        {
            if (state.Calls.Find(new(pair, DceRpcInterfaces.Netlogon, operation)) is { } facts)
            {
                zeros.Merge(facts.Zeros);
                when.Merge(facts.When);
                accepted += facts.ZerosAccepted.Value;
                told += facts.Succeeded.Value + facts.Refused.Value;
                foreach (string detail in facts.Details.Values.Where(detail => detail.StartsWith(DceRpcArguments.ZeroCredential + " for ", StringComparison.Ordinal)))
                {
                    victims.Add(detail[(DceRpcArguments.ZeroCredential.Length + " for ".Length)..]);
                }
            }
        }

        if (zeros.Total == 0)
        {
            return;
        }

        SmbCalls? change = SmbCalls.Find(state, pair, DceRpcInterfaces.Netlogon, 30);
        change = change?.When.Last.CompareTo(when.First) >= 0 ? change : null;
        bool isChanged = change is not null && change.Frames.Total > change.Faults + change.Refused;
        string names = string.Join(", ", victims.Values) + (victims.HasMore ? ", …" : string.Empty);
        string login = told == 0 ? "their answers were not seen" : accepted == 0 ? "all refused" : $"{Units.Count(accepted)} accepted: the server lacks the update";
        string outcome = change is null ? "no password was set" : isChanged ? $"then a password was set (NetrServerPasswordSet2{(change.Succeeded > 0 ? " succeeded" : string.Empty)})" : "the attempt to set a password failed";
        conclusions.Add(SmbFindings.Between(
            SmbFindings.Zerologon, pair, names, $"{Units.Count(zeros.Total, "login")}{(names.Length == 0 ? string.Empty : $" as {names}")} with a credential of zeros, {login}; {outcome}",
            zeros, when, Operations(isChanged ? [15, 26, 30] : [15, 26])) with
        {
            Evidence = isChanged ? [.. zeros.ToList().Take(Limits.EvidenceFrames / 2), .. change!.Frames.ToList().Take(Limits.EvidenceFrames / 2)] : zeros.ToList(),
            EvidenceTotal = zeros.Total + (isChanged ? change!.Frames.Total : 0),
            Raised = isChanged ? Severity.Critical : null,
            Confidence = 95,
            Measures = [new Measure("zero credentials", zeros.Total, 1), new Measure("accepted", accepted)],
        });
    }

    private static void RaiseCoercion(
        SmbState state, PairKey pair, ILookup<IpAddress, KeyValuePair<Key2<PairKey, TextKey>, SmbLoginFacts>> logins, Conclusions conclusions)
    {
        foreach ((string interfaceId, int[] operations) in (ReadOnlySpan<(string, int[])>)
            [
                (DceRpcInterfaces.EncryptedFiles, [0, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 18, 19, 21]),
                (DceRpcInterfaces.EncryptedFilesLsass, [0, 4, 5, 6, 7, 8, 9, 12, 13, 15, 16, 18, 19, 21]),
                (DceRpcInterfaces.ShadowCopyAgent, [8, 9]),
                (DceRpcInterfaces.DistributedFiles, [12, 13]),
                (DceRpcInterfaces.EventLog, [9]),
                (DceRpcInterfaces.Spooler, [62, 65]),
            ])
        {
            if (SmbCalls.Find(state, pair, interfaceId, operations) is not { } calls)
            {
                continue;
            }

            // Whoever prints asks to be told of changes too, and event logs are backed up to paths without a host.
            bool isPrinting = interfaceId == DceRpcInterfaces.Spooler && SmbCalls.Find(state, pair, interfaceId, s_printing) is { Answered: > 0 };
            bool isLocal = interfaceId == DceRpcInterfaces.EventLog && !calls.Details.Values.Any(detail => detail.Contains(@"\UNC\", StringComparison.OrdinalIgnoreCase));
            if (isLocal)
            {
                continue;
            }

            // The computer's own account then logs in somewhere: it worked.
            string[] own = [.. logins[pair.To]
                .Where(entry => entry.Key.Second.Text.EndsWith('$') && entry.Value.When.Last.CompareTo(calls.When.First) >= 0)
                .Select(entry => $"{entry.Key.Second.Text} on {entry.Key.First.To}")];
            Finding finding = Make(SmbFindings.Coercion, interfaceId, calls);
            finding = own.Length == 0 ? finding : finding with
            {
                Raised = Severity.High,
                Summary = $"{finding.Summary}; then its own account logged in: {string.Join(", ", own.Take(3))}",
            };
            conclusions.Add(Doubt(isPrinting, finding, "the client prints there too", Severity.Info));
        }
    }

    // An ordinary use of the same calls makes an attack unlikely, but whoever attacks can use them in the ordinary way as well.
    private static Finding Doubt(bool isDoubtful, Finding finding, string why, Severity severity)
        => isDoubtful ? finding with { Raised = severity, Confidence = 30, Summary = $"{finding.Summary}; {why}" } : finding;

    private static Finding Make(FindingType type, string interfaceId, SmbCalls calls)
    {
        string names = string.Join(", ", calls.Operations.Select(operation => DceRpcNames.Operation(interfaceId, operation)));
        string faults = calls.Faults == 0 ? string.Empty : $" ({Units.Count(calls.Faults)} failed)";
        Finding finding = SmbFindings.Between(
            type, calls.Pair, DceRpcNames.Interface(interfaceId), $"{Units.Count(calls.Frames.Total, "call")} of {names}{faults}{SmbFindings.As(calls.Accounts)}{calls.Told()}",
            calls.Frames, calls.When, Operations(calls.Operations));

        // Nothing came of it.
        return calls.Faults == calls.Frames.Total && finding.Severity > Severity.Medium ? finding with { Raised = Severity.Medium } : finding;
    }

    /// <summary>Selects the requests that call operations.</summary>
    internal static Filter Operations(IEnumerable<int> operations)
        => Filter.Where($"dcerpc.pkt_type == 0 && dcerpc.opnum in {{{string.Join(", ", operations.Select(operation => operation.ToString(CultureInfo.InvariantCulture)))}}}");
}
