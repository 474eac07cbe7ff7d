using Pcapper.Engine;
using Pcapper.Modules.FileTypes;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>Writes the section of files.</summary>
internal static class FilesSection
{
    public static void Write(FilesState state, Section section)
    {
        long files = state.Totals[(int)FileTotal.Files];
        if (files == 0)
        {
            section.Headline("no files in the clear in this capture");
            return;
        }

        long complete = state.Totals[(int)FileTotal.Complete];
        section.Headline(complete == files
            ? $"{Units.Count(files, "file")}, all complete, {Units.Count(state.Contents.Distinct, "different content")}"
            : $"{Units.Count(files, "file")}, of which {Units.Count(files - complete)} not seen whole; {Units.Count(state.Contents.Distinct, "different content")}");
        section.Fact("files", "files", files)
            .Fact("complete", "seen whole", complete)
            .Fact("bytes", "bytes of files", Cell.Bytes(state.Totals[(int)FileTotal.SeenBytes]))
            .Fact("contents", "different contents", Cell.Distinct(state.Contents.Distinct, state.Contents.IsComplete));
        if (complete < files)
        {
            section.Note("What is not seen whole has no hashes: bytes were lost, the capture began or ended in between, or the sender broke off.");
        }

        if (state.Totals[(int)FileTotal.WithoutHash] is > 0 and var without)
        {
            section.Note($"{Units.Count(without, "file")} came in an order that could not be followed: no hashes.");
        }

        Rows(state, section);
        Notable(state, section);
        Copies(state, section);
        Types(state, section);
    }

    private static void Rows(FilesState state, Section section)
    {
        Table table = section.Table(
            "transfers", "Files", new("time", "time", CellKind.Time), new("protocol", "by"), new("sender", "from", CellKind.Address), new("receiver", "to", CellKind.Address), new("name", "name"),
            new("content", "content"), new("declared", "declared type"), new("size", "size", CellKind.Bytes), new("complete", "complete", CellKind.Boolean),
            new("missing", "missing", CellKind.Bytes), new("sha256", "SHA-256"), new("location", "where"), new("id", "id"), new("frame", "frame", CellKind.Frames));
        table.Total = state.Rows.HasMore ? state.Rows.Total : state.Rows.Keys.Count;
        foreach (FileRow row in state.Rows.Keys.OrderByDescending(Interest).ThenBy(r => r))
        {
            table.Row(
                row.Time, row.Protocol.Text, row.Sender, row.Receiver, Text(row.Name), Text(row.Sniffed), Text(row.Declared), Cell.Bytes(row.Seen), row.IsComplete,
                row.Missing == 0 ? Cell.None : Cell.Bytes(row.Missing), Text(row.Sha256), Text(row.Location), row.Id.Text, Cell.Frame(row.Frame));
        }
    }

    // What runs, then archives and documents, before pages and pictures, which drown them otherwise.
    private static int Interest(FileRow row)
        => row.Remark.Text.Length > 0 ? 3 : FileComparison.IsRun(row.Kind) ? 2
            : row.Kind is FileKind.Archive or FileKind.Document or FileKind.Database or FileKind.Capture or FileKind.Certificate ? 1 : 0;

    // A row, not an alarm: programs cross networks every day.
    private static void Notable(FilesState state, Section section)
    {
        List<FileRow> rows = [.. state.Rows.Keys.Where(r => FileComparison.IsRun(r.Kind) || r.Remark.Text.Length > 0 || r.Facts.Text.Length > 0).OrderByDescending(Interest).ThenBy(r => r)];
        if (rows.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "notable", "What runs, misleads, has macros or is locked", new("time", "time", CellKind.Time), new("protocol", "by"), new("sender", "from", CellKind.Address), new("receiver", "to", CellKind.Address),
            new("name", "name"), new("content", "content"), new("remark", "remark"), new("facts", "says of itself"), new("frame", "frame", CellKind.Frames));
        foreach (FileRow row in rows)
        {
            table.Row(row.Time, row.Protocol.Text, row.Sender, row.Receiver, Text(row.Name), Text(row.Sniffed), Text(row.Remark), Text(row.Facts), Cell.Frame(row.Frame));
        }
    }

    private static void Copies(FilesState state, Section section)
    {
        List<KeyValuePair<TextKey, FileCopies>> copies = [.. state.Contents.Entries.Where(c => c.Value.Times.Value > 1).OrderByDescending(c => c.Value.Times.Value).ThenBy(c => c.Key)];
        if (copies.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "copies", "Same content more than once", new("sha256", "SHA-256"), new("times", "times", CellKind.Integer), new("size", "size", CellKind.Bytes), new("content", "content", CellKind.Texts),
            new("names", "names", CellKind.Texts), new("senders", "from", CellKind.Texts), new("receivers", "to", CellKind.Texts), new("md5", "MD5", CellKind.Texts), new("frames", "first frames", CellKind.Frames));
        foreach ((TextKey sha256, FileCopies content) in copies)
        {
            table.Row(
                sha256.Text, content.Times.Value, Cell.Bytes(content.Size.Value), Cell.List(content.Types), Cell.List(content.Names), Hosts(content.Senders), Hosts(content.Receivers),
                Cell.List(content.Md5), Cell.Frames(content.Frames));
        }
    }

    private static void Types(FilesState state, Section section)
    {
        Table table = section.Table(
            "types", "Files by protocol and type", new("protocol", "by"), new("type", "type"), new("files", "files", CellKind.Integer), new("complete", "seen whole", CellKind.Integer),
            new("bytes", "bytes", CellKind.Bytes));
        table.Total = state.Types.Distinct;
        foreach ((Key2<TextKey, TextKey> key, Counters counts) in state.Types.Entries.OrderByDescending(t => t.Value[0]).ThenBy(t => t.Key))
        {
            table.Row(key.First.Text, key.Second.Text.Length == 0 ? "unknown" : key.Second.Text, counts[0], counts[1], Cell.Bytes(counts[2]));
        }
    }

    private static Cell Hosts(KeySet<AddressKey> hosts) => Cell.List(hosts.Keys.Select(h => h.ToString()).Concat(hosts.IsComplete ? [] : ["…"]));

    private static Cell Text(TextKey text) => text.Text.Length == 0 ? Cell.None : text.Text;
}
