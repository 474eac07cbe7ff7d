using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>nfs.log: a row per call, in the style of Zeek's other logs.</summary>
public static class NfsLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = LogSchema<NfsTransaction>.ForFlow(
        "nfs",
        new("xid", "count", t => LogValue.Count((long)t.Xid)),
        new("version", "count", t => LogValue.Count((long)t.Version)),
        new("procedure", "string", t => LogValue.Text(t.Name)),
        new("operations", "vector[string]", t => t.Operations.Count == 0 ? LogValue.Unset : LogValue.Texts([.. t.Operations.Select(o => o.Name)])),
        new("name", "string", t => LogValue.Text(Last(t)?.Path)),
        new("new_name", "string", t => LogValue.Text(Last(t)?.NewPath)),
        new("status", "string", t => t.Status is { } status ? LogValue.Text(NfsNames.Status(status)) : LogValue.Unset),
        new("read_bytes", "count", t => LogValue.Count(t.ReadBytes)),
        new("written_bytes", "count", t => LogValue.Count(t.WrittenBytes)),
        new("machine", "string", t => LogValue.Text(t.Credentials.Machine)),
        new("uid", "count", t => LogValue.Count(t.Credentials.Uid)),
        new("gid", "count", t => LogValue.Count(t.Credentials.Gid)),
        new("rtt", "interval", t => LogValue.Interval(t.ResponseTime)));

    // The last operation with a name is what a compound is about.
    private static NfsOperation? Last(NfsTransaction transaction)
    {
        for (int i = transaction.Operations.Count - 1; i >= 0; i--)
        {
            if (transaction.Operations[i].Path is not null)
            {
                return transaction.Operations[i];
            }
        }

        return null;
    }
}
