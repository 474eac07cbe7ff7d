using System.Globalization;
using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>Reads the mount protocol, versions 1 to 3.</summary>
internal static class MountReader
{
    private const uint Mnt = 1;
    private const uint Umnt = 3;
    private const uint Export = 5;
    private const uint ExportAll = 6;
    private const int MaxPath = 1024;
    private const int MostExports = 256;
    private const int MostGroups = 16;

    private static readonly string[] s_names = ["NULL", "MNT", "DUMP", "UMNT", "UMNTALL", "EXPORT", "EXPORTALL", "PATHCONF"];

    public static string Name(uint procedure)
        => procedure < s_names.Length ? s_names[procedure] : string.Create(CultureInfo.InvariantCulture, $"procedure-{procedure}");

    /// <summary>Reads the path of a call, or null.</summary>
    public static string? ReadCall(RpcCall call, ReadOnlySpan<byte> arguments)
    {
        var reader = new WireReader(arguments);
        string path = call.Procedure is Mnt or Umnt ? reader.Text(MaxPath) : "";
        return reader.Overrun || path.Length == 0 ? null : path;
    }

    /// <summary>Reads the status of a mount, or the exports of a list.</summary>
    public static (uint? Status, List<string> Exports) ReadReply(RpcCall call, ReadOnlySpan<byte> results)
    {
        var reader = new WireReader(results);
        if (call.Procedure == Mnt)
        {
            uint status = reader.U32();
            return (reader.Overrun ? null : status, []);
        }

        var exports = new List<string>();
        while (call.Procedure is Export or ExportAll && exports.Count < MostExports && reader.U32() == 1)
        {
            string path = reader.Text(MaxPath);
            var groups = new List<string>();
            while (reader.U32() == 1)
            {
                string group = reader.Text(MaxPath);
                if (!reader.Overrun && groups.Count < MostGroups)
                {
                    groups.Add(group);
                }
            }

            if (reader.Overrun)
            {
                break;
            }

            exports.Add(groups.Count == 0 ? path : $"{path} ({string.Join(' ', groups)})");
        }

        return (null, exports);
    }
}
