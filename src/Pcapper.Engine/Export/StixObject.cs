using System.Globalization;
using System.Text;
using System.Text.Json;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>An observable as a STIX 2.1 object, and as a pattern that finds it.</summary>
/// <param name="Type">The type of the object.</param>
/// <param name="Id">Its identifier, which everybody who saw the same thing gives it (STIX 2.1, 2.9).</param>
/// <param name="Observable">What was seen.</param>
internal sealed record StixObject(string Type, string Id, Observable Observable)
{
    /// <summary>The namespace that OASIS gives for identifiers of objects.</summary>
    public static readonly Guid Space = new("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// <summary>Gets the object, or null where the standard has none: fingerprints, user agents by themselves.</summary>
    public static StixObject? Of(Observable o)
    {
        string? type = o.Kind switch
        {
            IndicatorKind.Address => IpAddress.TryParse(o.Value, out IpAddress address) && !address.IsIPv4 ? "ipv6-addr" : "ipv4-addr",
            IndicatorKind.Domain => "domain-name",
            IndicatorKind.Url => "url",
            IndicatorKind.Email => "email-addr",
            IndicatorKind.Md5 or IndicatorKind.Sha1 or IndicatorKind.Sha256 or IndicatorKind.FileName => "file",
            IndicatorKind.Certificate => "x509-certificate",
            _ => null,
        };
        return type is null ? null : new StixObject(type, $"{type}--{IocText.Uuid5(Space, Contributing(o))}", o);
    }

    /// <summary>Gets the pattern and its language, or null if there is none.</summary>
    public static (string Text, string Type)? Pattern(Observable o) => o.Kind switch
    {
        IndicatorKind.Md5 => ($"[file:hashes.MD5 = {Constant(o.Value)}]", "stix"),
        IndicatorKind.Sha1 => ($"[file:hashes.'SHA-1' = {Constant(o.Value)}]", "stix"),
        IndicatorKind.Sha256 => ($"[file:hashes.'SHA-256' = {Constant(o.Value)}]", "stix"),
        IndicatorKind.FileName => ($"[file:name = {Constant(o.Value)}]", "stix"),
        IndicatorKind.Certificate => ($"[x509-certificate:hashes.'SHA-256' = {Constant(o.Value)}]", "stix"),
        IndicatorKind.UserAgent => ($"[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = {Constant(o.Value)}]", "stix"),

        // The standard has no object for these; Suricata has keywords.
        IndicatorKind.Ja3 => (Rule(o, "tls", "ja3.hash"), "suricata"),
        IndicatorKind.Ja3s => (Rule(o, "tls", "ja3s.hash"), "suricata"),
        IndicatorKind.Ja4 => (Rule(o, "tls", "ja4.hash"), "suricata"),
        IndicatorKind.Hassh => (Rule(o, "ssh", "ssh.hassh"), "suricata"),
        _ => Of(o) is { } item ? ($"[{item.Type}:value = {Constant(o.Value)}]", "stix") : null,
    };

    /// <summary>Writes the object.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type", Type);
        writer.WriteString("spec_version", "2.1");
        writer.WriteString("id", Id);
        switch (Observable.Kind)
        {
            case IndicatorKind.Md5 or IndicatorKind.Sha1 or IndicatorKind.Sha256 or IndicatorKind.Certificate:
                writer.WriteStartObject("hashes");
                foreach ((string name, string value) in Hashes(Observable))
                {
                    writer.WriteString(name, value);
                }

                writer.WriteEndObject();
                break;
            case IndicatorKind.FileName:
                writer.WriteString("name", Observable.Value);
                break;
            default:
                writer.WriteString("value", Observable.Value);
                break;
        }

        writer.WriteEndObject();
    }

    // In the order in which one of them is chosen for the identifier (STIX 2.1, 6.7.1 and 2.9).
    private static IEnumerable<(string Name, string Value)> Hashes(Observable o)
    {
        if ((o.Kind == IndicatorKind.Md5 ? o.Value : o.Md5) is { } md5)
        {
            yield return ("MD5", md5);
        }

        if ((o.Kind == IndicatorKind.Sha1 ? o.Value : o.Sha1) is { } sha1)
        {
            yield return ("SHA-1", sha1);
        }

        if (o.Kind is IndicatorKind.Sha256 or IndicatorKind.Certificate)
        {
            yield return ("SHA-256", o.Value);
        }
    }

    // RFC 8785. Names that a file had here and there must not make it another file, so they contribute only where there is nothing else.
    private static string Contributing(Observable o)
    {
        if (o.Kind is IndicatorKind.Md5 or IndicatorKind.Sha1 or IndicatorKind.Sha256 or IndicatorKind.Certificate)
        {
            (string name, string value) = Hashes(o).First();
            return $"{{\"hashes\":{{\"{name}\":{Canonical(value)}}}}}";
        }

        return $"{{\"{(o.Kind == IndicatorKind.FileName ? "name" : "value")}\":{Canonical(o.Value)}}}";
    }

    private static string Canonical(string text)
    {
        var json = new StringBuilder("\"");
        foreach (char c in text)
        {
            json.Append(c switch { '"' => "\\\"", '\\' => "\\\\", < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"), _ => c.ToString() });
        }

        return json.Append('"').ToString();
    }

    private static string Constant(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string Rule(Observable o, string protocol, string keyword)
    {
        const uint FirstId = 9_000_000;
        const uint Ids = 900_000;
        return string.Create(CultureInfo.InvariantCulture, $"alert {protocol} any any -> any any (msg:\"pcapper {o.Type} {o.Value}\"; {keyword}; content:\"{o.Value}\"; sid:{FirstId + (StableHash.Of(o.Value) % Ids)}; rev:1;)");
    }
}
