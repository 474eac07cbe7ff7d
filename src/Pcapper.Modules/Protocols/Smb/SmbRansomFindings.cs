using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>
/// Judges what ransomware does to a share: files are overwritten with random bytes, get new extensions, and notes are left. Each says it
/// alone; together they are one finding, and certain.
/// </summary>
internal static class SmbRansomFindings
{
    // Ransomware renames several files a second; a person who renames by hand gets to a few a minute.
    private const int MinRenamed = 50;

    // Text or documents in, random bytes of no known format out: a score of files within a minute is no person's work.
    private const int MinEncrypted = 20;
    private const long Window = 60 * Timestamp.PerSecond;

    private const int MinNoteFolders = 5;
    private const int MostNamed = 3;

    private static readonly string[] s_noteWords = ["decrypt", "ransom", "your_files", "your-files", "your files", "files_back", "files-back", "files back"];
    private static readonly string[] s_wordsOfNotes = ["encrypted", "recover", "restore", "unlock", "get_back"];
    private static readonly string[] s_andWords = ["file", "how", "read", "instruct", "help"];
    private static readonly string[] s_noteTypes = [".txt", ".html", ".htm", ".hta", ".rtf", ".url", ".png", ".bmp", ".jpg"];

    public static void Raise(SmbState state, Conclusions conclusions)
    {
        ILookup<PairKey, Finding> found = Encrypted(state).Concat(Renamed(state)).Concat(Notes(state)).ToLookup(entry => entry.Pair, entry => entry.Finding);
        foreach (IGrouping<PairKey, Finding> pair in found.OrderBy(group => group.Key))
        {
            Finding[] all = [.. pair];
            conclusions.Add(all.Length == 1 ? all[0] : SmbFindings.Together(all.Select(finding => finding.Type).Distinct().Count() > 1 ? Severity.Critical : null, all));
        }
    }

    /// <summary>Tells whether a file is named as a ransom note: what happened to your files, and how to get them back.</summary>
    internal static bool IsNote(string name)
    {
        string last = SmbNames.Last(name).ToLowerInvariant();
        return s_noteTypes.Contains(SmbNames.Extension(name), StringComparer.Ordinal)
            && (Array.Exists(s_noteWords, last.Contains) || (Array.Exists(s_wordsOfNotes, last.Contains) && Array.Exists(s_andWords, last.Contains)));
    }

    private static IEnumerable<(PairKey Pair, Finding Finding)> Encrypted(SmbState state)
    {
        foreach (var pair in state.Contents.Entries
            .Where(entry => !entry.Value.Plain.IsEmpty && !entry.Value.Random.IsEmpty && entry.Value.Plain.First.CompareTo(entry.Value.Random.Last) <= 0).GroupBy(entry => entry.Key.First))
        {
            KeyValuePair<Key3<PairKey, TextKey, TextKey>, SmbContentFacts>[] files = [.. pair.OrderBy(entry => entry.Value.Random.First).ThenBy(entry => entry.Key)];
            int most = Burst.Largest([.. files.Select(entry => entry.Value.Random.First)], Window);
            if (most < MinEncrypted)
            {
                continue;
            }

            var frames = new FrameSample();
            var when = new Extent();
            foreach ((_, SmbContentFacts facts) in files)
            {
                frames.Add(facts.Random.FirstFrame);
                when.Merge(facts.Random);
            }

            yield return (pair.Key, SmbFindings.Between(
                SmbFindings.MassEncryption, pair.Key, string.Empty,
                $"{Units.Count(files.Length, "file")} read as plain content and written as random bytes, up to {Units.Count(most)} within a minute: {string.Join(", ", files.Take(MostNamed).Select(file => file.Key.Third.Text))}",
                frames, when, Filter.Any(Filter.Where("smb2.cmd == 9 || smb.cmd == 0x2f"), Filter.Frames(frames))) with
            {
                Measures = [new Measure("encrypted", files.Length, MinEncrypted), new Measure("encrypted per minute", most, MinEncrypted)],
            });
        }
    }

    private static IEnumerable<(PairKey Pair, Finding Finding)> Renamed(SmbState state)
    {
        foreach (var pair in state.Renames.Entries.GroupBy(entry => entry.Key.First))
        {
            Finding[] one = [.. pair.Where(entry => entry.Key.Second.Text.Length > 0).Select(entry => Renamed(pair.Key, entry.Key.Second.Text, entry.Key.Second.Text, entry.Value)).OfType<Finding>()];

            // Some give each file an extension of its own, behind the old one.
            Finding[] found = one.Length > 0 ? one
                : [.. pair.Where(entry => entry.Key.Second.Text.Length == 0).Select(entry => Renamed(pair.Key, string.Empty, "various extensions behind the old ones", entry.Value)).OfType<Finding>()];
            foreach (Finding finding in found)
            {
                yield return (pair.Key, finding);
            }
        }
    }

    private static Finding? Renamed(PairKey pair, string extension, string shown, SmbRenameFacts facts)
    {
        int most = facts.Names.Distinct < MinRenamed ? 0 : Burst.Largest(facts.Times.Values, Window);
        return most < MinRenamed ? null : SmbFindings.Between(
            SmbFindings.MassRename, pair, extension,
            $"{Units.Count(facts.Names.Distinct, "file")} renamed to {shown}, up to {Units.Count(most)} within a minute: {string.Join(", ", facts.Samples.Values)}",
            facts.Frames, facts.When, extension.Length > 0 ? SmbFindings.Named(extension) : Filter.Where("smb2.cmd == 17 || smb.cmd == 0x07")) with
        {
            Measures = [new Measure("files", facts.Names.Distinct, MinRenamed), new Measure("per minute", most, MinRenamed)],
        };
    }

    private static IEnumerable<(PairKey Pair, Finding Finding)> Notes(SmbState state)
    {
        foreach (var note in state.Files.Entries
            .Where(entry => entry.Value.WrittenBytes.Value > 0 && IsNote(entry.Key.Third.Text))
            .GroupBy(entry => (entry.Key.First, Name: SmbNames.Last(entry.Key.Third.Text).ToLowerInvariant())))
        {
            KeyValuePair<Key3<PairKey, TextKey, TextKey>, SmbFileFacts>[] copies = [.. note.OrderBy(entry => entry.Key)];
            if (copies.Length < MinNoteFolders)
            {
                continue;
            }

            var frames = new FrameSample();
            var when = new Extent();
            foreach ((_, SmbFileFacts facts) in copies)
            {
                frames.Merge(facts.Written);
                when.Merge(facts.When);
            }

            string name = SmbNames.Last(copies[0].Key.Third.Text);
            yield return (note.Key.First, SmbFindings.Between(
                SmbFindings.RansomNote, note.Key.First, name, $"{name} written to {Units.Count(copies.Length, "folder")}: {string.Join(", ", copies.Take(MostNamed).Select(copy => copy.Key.Third.Text))}",
                frames, when, Filter.Any(SmbFindings.Named(name), Filter.Frames(frames))) with
            {
                Measures = [new Measure("folders", copies.Length, MinNoteFolders)],
            });
        }
    }
}
