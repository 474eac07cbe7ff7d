using System.Text.Json;
using Pcapper.Engine;

namespace Pcapper.Extraction;

/// <summary>The list of extracted files, one JSON object a line.</summary>
internal static class Manifest
{
    /// <summary>The name of the list in the folder.</summary>
    public const string FileName = "manifest.ndjson";

    /// <summary>Writes it; one of an earlier run is replaced.</summary>
    public static void Write(string folder, IEnumerable<ExtractedFile> files)
    {
        string path = Path.Combine(folder, FileName);
        string partial = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            using (var file = new FileStream(partial, NewFile.Options))
            {
                foreach (ExtractedFile extracted in files)
                {
                    using (var writer = new Utf8JsonWriter(file))
                    {
                        Write(writer, extracted);
                    }

                    file.WriteByte((byte)'\n');
                }
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static void Write(Utf8JsonWriter writer, ExtractedFile extracted)
    {
        FileTransfer file = extracted.File;
        writer.WriteStartObject();
        writer.WriteString("fuid", file.Id);
        writer.WriteString("file", extracted.SafeName);
        writer.WriteString("content", extracted.ContentPath);
        writer.WriteString("name", file.Name);
        writer.WriteString("location", file.Location);
        writer.WriteString("protocol", file.Protocol);
        writer.WriteString("sender", file.Sender.ToString());
        writer.WriteString("receiver", file.Receiver.ToString());
        writer.WriteString("uid", file.Flow.Uid);
        writer.WriteNumber("capture", file.Frame.Capture);
        writer.WriteNumber("first_frame", file.Frame.Number);
        writer.WriteNumber("last_frame", file.LastFrame.Number);
        writer.WriteString("time", file.Time.ToString());
        writer.WriteString("declared_type", file.DeclaredType);
        writer.WriteString("content_type", file.SniffedType);
        writer.WriteNumber("size", extracted.Size);
        writer.WriteBoolean("complete", file.IsComplete);
        writer.WriteNumber("missing_bytes", file.MissingBytes);
        writer.WriteBoolean("holes_are_zeros", extracted.Size > file.SeenBytes);
        writer.WriteString("sha256", extracted.Sha256);
        writer.WriteString("sha1", file.Sha1);
        writer.WriteString("md5", file.Md5);
        writer.WriteEndObject();
    }
}
