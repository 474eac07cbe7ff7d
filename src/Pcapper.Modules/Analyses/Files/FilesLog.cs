using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Files;

/// <summary>files.log with Zeek's fields (version 5.1 and later). Hashes are in it where the module runs too.</summary>
public static class FilesLog
{
    /// <summary>Gets the schema.</summary>
    public static ILogSchema Schema { get; } = new LogSchema<FileTransfer>(
        "files",
        new("ts", "time", file => file.Time),
        new("fuid", "string", file => file.Id),
        new("uid", "string", file => file.Flow.Uid),
        new("id.orig_h", "addr", file => file.Flow.Originator),
        new("id.orig_p", "port", file => LogValue.Port(file.Flow.OriginatorPort)),
        new("id.resp_h", "addr", file => file.Flow.Responder),
        new("id.resp_p", "port", file => LogValue.Port(file.Flow.ResponderPort)),
        new("source", "string", file => file.Protocol.ToUpperInvariant().Replace('-', '_')),
        new("depth", "count", _ => LogValue.Count(0L)),
        new("analyzers", "set[string]", file => LogValue.Texts(file.Sha256 is null ? [] : ["MD5", "SHA1", "SHA256"])),
        new("mime_type", "string", file => file.SniffedType),
        new("filename", "string", file => file.Name),
        new("duration", "interval", file => LogValue.Interval(Math.Max(0, file.LastTime - file.Time))),
        new("is_orig", "bool", file => file.Direction == Direction.ToResponder),
        new("seen_bytes", "count", file => LogValue.Count(file.SeenBytes)),
        new("total_bytes", "count", file => LogValue.Count(file.TotalBytes)),
        new("missing_bytes", "count", file => LogValue.Count(file.MissingBytes)),
        new("overflow_bytes", "count", _ => LogValue.Count(0L)),
        new("timedout", "bool", _ => false),
        new("parent_fuid", "string", _ => LogValue.Unset),
        new("md5", "string", file => file.Md5),
        new("sha1", "string", file => file.Sha1),
        new("sha256", "string", file => file.Sha256));
}
