using System.Globalization;
using System.Text.Json;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc.Lists;

/// <summary>STIX 2.1 bundles (OASIS), events as MISP exports them, and what Pcapper exports.</summary>
internal static class JsonLists
{
    /// <summary>Reads one; returns what is wrong, or null.</summary>
    public static string? Read(ReadOnlyMemory<byte> json, IocListBuilder builder)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Limits.IocDepth });
            return Read(document.RootElement, builder) ? null : "neither a STIX 2.1 bundle nor a MISP event";
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException)
        {
            return "its JSON is damaged or nested too deeply";
        }
    }

    private static bool Read(JsonElement root, IocListBuilder builder)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            bool isAny = false;
            foreach (JsonElement item in root.EnumerateArray())
            {
                isAny |= item.ValueKind == JsonValueKind.Object && Read(item, builder);
            }

            return isAny;
        }

        if (Text(root, "type") == "bundle")
        {
            foreach (JsonElement item in Items(root, "objects"))
            {
                ReadStix(item, builder);
            }

            return true;
        }

        if (root.TryGetProperty("response", out JsonElement response) && response.ValueKind is JsonValueKind.Array or JsonValueKind.Object)
        {
            return Read(response, builder);
        }

        if (root.TryGetProperty("Event", out JsonElement misp) && misp.ValueKind == JsonValueKind.Object)
        {
            ReadMisp(misp, builder);
            return true;
        }

        if (root.TryGetProperty("Attribute", out _))
        {
            ReadMisp(root, builder);
            return true;
        }

        return ReadOwn(root, builder);
    }

    private static void ReadStix(JsonElement item, IocListBuilder builder)
    {
        if (Text(item, "type") != "indicator" || (item.TryGetProperty("revoked", out JsonElement revoked) && revoked.ValueKind == JsonValueKind.True))
        {
            return;
        }

        IReadOnlyList<IReadOnlyList<WatchedTerm>>? alternatives = Text(item, "pattern_type") is null or "stix" && Text(item, "pattern") is { } pattern ? StixPattern.Read(pattern) : null;
        if (alternatives is null)
        {
            builder.Skip();
            return;
        }

        string place = Text(item, "id") ?? "indicator without id";
        foreach (IReadOnlyList<WatchedTerm> terms in alternatives)
        {
            builder.Add(terms, place);
        }
    }

    private static void ReadMisp(JsonElement container, IocListBuilder builder)
    {
        ReadAttributes(container, builder);
        foreach (JsonElement item in Items(container, "Object"))
        {
            ReadAttributes(item, builder);
        }
    }

    private static void ReadAttributes(JsonElement container, IocListBuilder builder)
    {
        int number = 0;
        foreach (JsonElement item in Items(container, "Attribute"))
        {
            number++;

            // What its author does not want to be looked for is context.
            if (item.TryGetProperty("to_ids", out JsonElement flag) && flag.ValueKind == JsonValueKind.False)
            {
                continue;
            }

            string word = Text(item, "type") ?? "";
            builder.AddTyped(word, Defang.Undo(Text(item, "value") ?? ""), Text(item, "uuid") ?? string.Create(CultureInfo.InvariantCulture, $"attribute {number}"), isWhole: word != "domain");
        }
    }

    private static bool ReadOwn(JsonElement root, IocListBuilder builder)
    {
        int number = 0;
        foreach (JsonElement item in Items(root, "observables"))
        {
            number++;
            if (item.TryGetProperty("indicator", out JsonElement flag) && flag.ValueKind == JsonValueKind.True)
            {
                builder.AddTyped(Text(item, "type") ?? "", Text(item, "value") ?? "", string.Create(CultureInfo.InvariantCulture, $"observable {number}"), isWhole: true);
            }
        }

        return root.TryGetProperty("observables", out _);
    }

    private static IEnumerable<JsonElement> Items(JsonElement container, string name)
        => container.TryGetProperty(name, out JsonElement items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement item, string name)
        => item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
