using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pcapper.Tests;

/// <summary>
/// Checks JSON against the subset of JSON Schema 2020-12 that docs/report.schema.json uses: type, properties, required, items, enum,
/// additionalProperties, pattern and $ref to $defs. A keyword beyond these is an error of the schema, not something to pass over.
/// </summary>
public static class SchemaValidator
{
    private static readonly string[] s_annotations = ["$schema", "$id", "$defs", "title", "description"];

    /// <summary>Gets what is wrong, each with the path where; empty if nothing is.</summary>
    public static IReadOnlyList<string> Check(JsonElement schema, JsonElement value)
    {
        var problems = new List<string>();
        Check(schema, schema, value, "$", problems);
        return problems;
    }

    private static void Check(JsonElement root, JsonElement schema, JsonElement value, string path, List<string> problems)
    {
        if (schema.ValueKind == JsonValueKind.False)
        {
            problems.Add($"{path}: not allowed");
            return;
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "$ref":
                    Check(root, Resolve(root, keyword.Value.GetString()!), value, path, problems);
                    break;
                case "type":
                    CheckType(keyword.Value, value, path, problems);
                    break;
                case "enum":
                    if (!keyword.Value.EnumerateArray().Any(allowed => JsonElement.DeepEquals(allowed, value)))
                    {
                        problems.Add($"{path}: {value} is none of {keyword.Value}");
                    }

                    break;
                case "pattern":
                    if (value.ValueKind == JsonValueKind.String && !Regex.IsMatch(value.GetString()!, keyword.Value.GetString()!, RegexOptions.NonBacktracking))
                    {
                        problems.Add($"{path}: '{value}' does not match {keyword.Value}");
                    }

                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    problems.AddRange(keyword.Value.EnumerateArray()
                        .Where(name => !value.TryGetProperty(name.GetString()!, out _))
                        .Select(name => $"{path}: {name} is missing"));
                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    int index = 0;
                    foreach (JsonElement item in value.EnumerateArray())
                    {
                        Check(root, keyword.Value, item, $"{path}[{index++}]", problems);
                    }

                    break;
                case "properties" or "additionalProperties":
                    CheckProperties(root, schema, keyword, value, path, problems);
                    break;
                case "required" or "items":
                    break;
                default:
                    if (!s_annotations.Contains(keyword.Name))
                    {
                        problems.Add($"{path}: the schema uses {keyword.Name}");
                    }

                    break;
            }
        }
    }

    private static void CheckProperties(
        JsonElement root, JsonElement schema, JsonProperty keyword, JsonElement value, string path, List<string> problems)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                problems.Add($"{path}.{property.Name}: twice");
            }

            bool isDeclared = schema.TryGetProperty("properties", out JsonElement declared) && declared.TryGetProperty(property.Name, out _);
            if (keyword.Name == "properties" && isDeclared)
            {
                Check(root, declared.GetProperty(property.Name), property.Value, $"{path}.{property.Name}", problems);
            }
            else if (keyword.Name == "additionalProperties" && !isDeclared)
            {
                Check(root, keyword.Value, property.Value, $"{path}.{property.Name}", problems);
            }
        }
    }

    private static void CheckType(JsonElement type, JsonElement value, string path, List<string> problems)
    {
        string[] allowed = type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!];
        if (!allowed.Any(name => Is(name, value)))
        {
            problems.Add($"{path}: {value.ValueKind} is not {string.Join(" or ", allowed)}");
        }
    }

    private static bool Is(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        _ => false,
    };

    private static JsonElement Resolve(JsonElement root, string reference)
    {
        JsonElement found = root;
        foreach (string step in reference.Split('/').Skip(1))
        {
            found = found.GetProperty(step);
        }

        return found;
    }
}
