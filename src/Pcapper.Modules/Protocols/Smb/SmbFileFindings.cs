using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Judges what is done with files and pipes.</summary>
internal static class SmbFileFindings
{
    // Ransomware renames several files a second; a person who renames by hand gets to a few a minute.
    private const int MinRenamed = 50;
    private const long RenameWindow = 60 * Timestamp.PerSecond;

    public static void Raise(SmbState state, Conclusions conclusions)
    {
        var groups = new SmbFileGroups();
        foreach ((Key3<PairKey, TextKey, TextKey> key, SmbFileFacts facts) in state.Files.Entries)
        {
            AddFile(key.First, key.Second.Text, key.Third.Text, facts, groups);
        }

        groups.Raise(conclusions);

        foreach (IGrouping<(PairKey Pair, string? Tool), KeyValuePair<Key3<PairKey, TextKey, TextKey>, SmbFileFacts>> shell in state.Files.Entries
            .Where(entry => IsPipe(entry.Key.Second.Text)).GroupBy(entry => (entry.Key.First, SmbNames.RemoteShell(entry.Key.Third.Text))))
        {
            if (shell.Key.Tool is { } tool)
            {
                RaiseShell(shell.Key.Pair, tool, [.. shell], conclusions);
            }
        }

        foreach ((Key2<PairKey, TextKey> key, SmbRenameFacts facts) in state.Renames.Entries)
        {
            RaiseRenames(key.First, key.Second.Text, facts, conclusions);
        }
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

    private static void RaiseRenames(PairKey pair, string extension, SmbRenameFacts facts, Conclusions conclusions)
    {
        int most = MostWithin(facts.Times.Values);
        if (most < MinRenamed || facts.Names.Distinct < MinRenamed)
        {
            return;
        }

        conclusions.Add(SmbFindings.Between(
            SmbFindings.MassRename, pair, extension,
            $"{Units.Count(facts.Names.Distinct, "file")} renamed to {extension}, up to {Units.Count(most)} within a minute: {string.Join(", ", facts.Samples.Values)}",
            facts.Frames, facts.When, SmbFindings.Named(extension)) with
        {
            Measures = [new Measure("files", facts.Names.Distinct, MinRenamed), new Measure("per minute", most, MinRenamed)],
        });
    }

    private static int MostWithin(IReadOnlyList<Timestamp> times)
    {
        int most = 0;
        int first = 0;
        for (int last = 0; last < times.Count; last++)
        {
            while (times[last] - times[first] > RenameWindow)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most;
    }
}
