using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Judges what is done with files and pipes.</summary>
internal static class SmbFileFindings
{
    /// <summary>Raises what files and pipes show.</summary>
    /// <returns>What was found of output that was fetched, by client and server: it is raised with what was run there.</returns>
    public static Dictionary<PairKey, Finding> Raise(SmbState state, Conclusions conclusions)
    {
        var groups = new SmbFileGroups();
        foreach ((Key3<PairKey, TextKey, TextKey> key, SmbFileFacts facts) in state.Files.Entries)
        {
            AddFile(key.First, key.Second.Text, key.Third.Text, facts, groups);
        }

        Dictionary<PairKey, Finding> outputs = groups.Raise(conclusions);

        foreach (IGrouping<(PairKey Pair, string? Tool), KeyValuePair<Key3<PairKey, TextKey, TextKey>, SmbFileFacts>> shell in state.Files.Entries
            .Where(entry => IsPipe(entry.Key.Second.Text)).GroupBy(entry => (entry.Key.First, SmbNames.RemoteShell(entry.Key.Third.Text))))
        {
            if (shell.Key.Tool is { } tool)
            {
                RaiseShell(shell.Key.Pair, tool, [.. shell], conclusions);
            }
        }

        foreach ((PairKey pair, SmbPolicyFacts facts) in state.PolicyPasswords.Entries)
        {
            RaisePolicy(pair, facts, conclusions);
        }

        return outputs;
    }

    private static void AddFile(PairKey pair, string share, string name, SmbFileFacts facts, SmbFileGroups groups)
    {
        bool isAdministrative = SmbNames.IsAdministrative(share);
        bool wasOpened = facts.Actions[(int)SmbFileAction.Open] > 0 || facts.ReadBytes.Value + facts.WrittenBytes.Value > 0;
        Severity? raised = SmbNames.IsAttackTool(name) ? Severity.High : null;
        string place = share.Length == 0 ? name : $"{share}\\{name}";
        if (facts.WrittenBytes.Value > 0 && SmbNames.IsProgram(name, facts.Types.Values))
        {
            FindingType type = isAdministrative ? SmbFindings.ProgramToAdminShare : SmbFindings.ProgramToShare;
            string shown = facts.Types.Values.Count == 0 ? string.Empty : $", {string.Join(", ", facts.Types.Values)}";
            groups.Add(type, pair, place, name, $"{Units.Bytes(facts.WrittenBytes.Value)} written to {place}{SmbFindings.As(facts.Accounts)}{shown}", facts.Written, facts, raised);
        }

        if (isAdministrative && facts.ReadBytes.Value > 0 && facts.WrittenBytes.Value == 0 && SmbNames.IsProgram(name, facts.Types.Values))
        {
            groups.Add(
                SmbFindings.ProgramFromAdminShare, pair, place, name, $"{Units.Bytes(facts.ReadBytes.Value)} read from {place}{SmbFindings.As(facts.Accounts)}", facts.Frames, facts, raised);
        }

        if (isAdministrative && wasOpened && SmbNames.CommandOutput(name) is { } tool)
        {
            groups.Add(
                SmbFindings.CommandOutput, pair, place, name, $"{place} opened {Units.Count(facts.Actions[(int)SmbFileAction.Open], "time")}{SmbFindings.As(facts.Accounts)}: named as {tool} does",
                facts.Frames, facts);
        }

        if (wasOpened && SmbNames.HoldsSecrets(name))
        {
            groups.Add(
                SmbFindings.SecretFile, pair, place, name, $"{place}{SmbFindings.As(facts.Accounts)}, {Units.Bytes(facts.ReadBytes.Value)} read, {Units.Bytes(facts.WrittenBytes.Value)} written",
                facts.Frames, facts);
        }

        if (IsPipe(share) && SmbNames.IsBeacon(name))
        {
            groups.Add(SmbFindings.BeaconPipe, pair, name, name, $"pipe {name}{SmbFindings.As(facts.Accounts)}", facts.Frames, facts);
        }
    }

    private static void RaisePolicy(PairKey pair, SmbPolicyFacts facts, Conclusions conclusions)
    {
        string users = facts.Users.Values.Count == 0 ? string.Empty : $" of {string.Join(", ", facts.Users.Values)}{(facts.Users.HasMore ? ", …" : string.Empty)}";
        conclusions.Add(SmbFindings.Between(
            SmbFindings.PolicyPassword, pair, string.Empty,
            $"{Units.Count(facts.Frames.Total, "password")}{users} read{SmbFindings.As(facts.Accounts)} from {string.Join(", ", facts.Paths.Values)}; the key is published, --creds shows them",
            facts.Frames, facts.When, Filter.Any(Filter.Where("smb2.cmd == 8 || smb.cmd == 0x2e"), Filter.Frames(facts.Frames))));
    }

    private static bool IsPipe(string share) => share.Length == 0 || share.EndsWith("IPC$", StringComparison.OrdinalIgnoreCase);

    private static void RaiseShell(PairKey pair, string tool, List<KeyValuePair<Key3<PairKey, TextKey, TextKey>, SmbFileFacts>> pipes, Conclusions conclusions)
    {
        var frames = new FrameSample();
        var when = new Extent();
        foreach ((_, SmbFileFacts facts) in pipes)
        {
            frames.Merge(facts.Frames);
            when.Merge(facts.When);
        }

        string names = string.Join(", ", pipes.Select(pipe => pipe.Key.Third.Text).Take(4));
        long bytes = pipes.Sum(pipe => pipe.Value.ReadBytes.Value);
        conclusions.Add(SmbFindings.Between(
            SmbFindings.RemoteShell, pair, tool, $"{Units.Count(pipes.Count, "pipe")} ({names}){SmbFindings.As(pipes[0].Value.Accounts)}, {Units.Bytes(bytes)} read",
            frames, when, Filter.Any(pipes.Take(4).Select(pipe => SmbFindings.Named(pipe.Key.Third.Text)))));
    }
}
