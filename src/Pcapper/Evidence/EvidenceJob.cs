using System.Text.Json;
using System.Text.RegularExpressions;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Evidence;

/// <summary><c>--evidence-out</c>: a capture for each finding, and a list of them, <c>index.json</c>. The captures are read twice more.</summary>
internal sealed partial class EvidenceJob(string folder)
{
    private const int MostFindings = 500;
    private const string Index = "index.json";

    /// <summary>Writes them, in the place of those of an earlier run; returns what to tell the user.</summary>
    /// <exception cref="PcapperException">Something could not be read or written.</exception>
    public string Write(IReadOnlyList<CaptureSource> captures, IReadOnlyList<Finding> findings)
    {
        List<Finding> shown = [.. findings.Where(f => f.Evidence.Count > 0).Take(MostFindings)];
        try
        {
            Directory.CreateDirectory(folder);
            Clear([.. captures.Select(c => Path.GetFullPath(c.Path))]);
            var plan = new EvidencePlan(shown);
            Read(captures, (in Packet packet) => plan.Learn(packet), plan.IsCited);
            Copy(captures, shown, plan);
        }
        catch (Exception e) when (IoReason.Applies(e))
        {
            throw new PcapperException($"cannot write evidence to {folder}: {IoReason.Of(e)}", ExitCode.Usage);
        }

        int without = findings.Count - shown.Count;
        return $"{(shown.Count == 0 ? "no findings with frames for" : $"evidence of {Units.Count(shown.Count, "finding")} in")} {folder}{(without > 0 && shown.Count > 0 ? $"; {Units.Count(without)} more without" : "")}";
    }

    // What the list of an earlier run says that it made, and nothing else; nor what is read now.
    private void Clear(HashSet<string> inputs)
    {
        string index = Path.Combine(folder, Index);
        if (!File.Exists(index))
        {
            return;
        }

        List<string> earlier = Listed(index) ?? throw new PcapperException($"cannot write evidence to {folder}: its {Index} is not of pcapper", ExitCode.Usage);
        foreach (string name in earlier)
        {
            string path = Path.Combine(folder, name);
            if (inputs.Contains(Path.GetFullPath(path)))
            {
                throw new PcapperException($"cannot write evidence to {folder}: {name} is a capture that is read", ExitCode.Usage);
            }

            File.Delete(path);
        }

        File.Delete(index);
    }

    // The captures that a list names; null if it is none of ours.
    private static List<string>? Listed(string index)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            List<string?> names =
            [
                .. document.RootElement.EnumerateArray()
                    .Select(row => row.TryGetProperty("cited", out _) && row.TryGetProperty("file", out JsonElement file) ? file.GetString() : null),
            ];
            return names.TrueForAll(n => n is not null && Ours().IsMatch(n)) ? [.. names.OfType<string>()] : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    [GeneratedRegex("^F[0-9]+-[a-z0-9.-]+[.]pcapng$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ours();

    private void Copy(IReadOnlyList<CaptureSource> captures, List<Finding> findings, EvidencePlan plan)
    {
        string[] names = [.. findings.Select(f => $"{f.Id}-{f.Type.Id}.pcapng")];
        var files = new List<EvidenceCapture>();
        try
        {
            for (int i = 0; i < findings.Count; i++)
            {
                files.Add(new EvidenceCapture(Path.Combine(folder, names[i]), findings[i]));
            }

            Read(
                captures,
                (in Packet packet) =>
                {
                    IReadOnlyList<int> citing = plan.Citing(packet.Frame.Ref);
                    foreach (int finding in citing.Union(plan.About(packet)))
                    {
                        files[finding].Add(packet.Frame, Path.GetFileName(captures[packet.Frame.Ref.Capture].Path), citing.Contains(finding));
                    }
                },
                _ => true);
        }
        finally
        {
            files.ForEach(f => f.Dispose());
        }

        using var index = new FileStream(Path.Combine(folder, Index), FileMode.CreateNew, FileAccess.Write);
        using var json = new Utf8JsonWriter(index, new JsonWriterOptions { Indented = true });
        json.WriteStartArray();
        for (int i = 0; i < findings.Count; i++)
        {
            WriteRow(json, findings[i], names[i], files[i], captures);
        }

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, Finding finding, string name, EvidenceCapture file, IReadOnlyList<CaptureSource> captures)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Id);
        json.WriteString("type", finding.Type.Id);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("title", finding.Type.Title);
        json.WriteString("subject", Printable.From(finding.Subject));
        json.WriteString("summary", Printable.From(finding.Summary, Limits.Text));
        json.WriteString("file", name);
        json.WriteNumber("frames", file.Frames);
        json.WriteBoolean("all_frames_of_flows", !file.IsCut);
        json.WriteStartArray("cited");
        foreach (FrameRef frame in finding.Evidence)
        {
            json.WriteStartObject();
            json.WriteString("capture", Printable.From(captures[frame.Capture].Path, Limits.Text));
            json.WriteNumber("frame", frame.Number);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("filter", finding.DisplayFilter);
        json.WriteEndObject();
    }

    private delegate void PacketAction(in Packet packet);

    private static void Read(IReadOnlyList<CaptureSource> captures, PacketAction act, Func<FrameRef, bool> matters)
    {
        Frame frame = default;
        Packet packet = default;
        for (int i = 0; i < captures.Count; i++)
        {
            using CaptureReader reader = captures[i].Open(i);
            while (reader.TryRead(ref frame))
            {
                if (matters(frame.Ref))
                {
                    PacketDecoder.Decode(frame, ref packet);
                    act(packet);
                }
            }
        }
    }
}
