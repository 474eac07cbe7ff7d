using System.Text.Json;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Tells whether bytes are a JSON object.</summary>
internal static class JsonObject
{
    private const int Depth = 16;

    /// <summary>Tells whether bytes are a JSON object, with a member that is a text if one is named.</summary>
    public static bool Has(ReadOnlySpan<byte> json, string? member)
    {
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { MaxDepth = Depth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                && (member is null || (document.RootElement.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
