using System.Text.Json;
using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Enrichment.Intel;

/// <summary>A reputation service: how it is asked, and what its answers mean. Answers are as hostile as captures.</summary>
internal abstract class IntelService
{
    private const double LargestNumber = 10_000_000_000;

    /// <summary>Gets all services, in the order in which they are shown.</summary>
    public static IReadOnlyList<IntelService> All { get; } = [new AbuseIpDb(), new Otx(), new VirusTotal()];

    /// <summary>Gets its name.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the variable of the environment that holds the key.</summary>
    public abstract string KeyVariable { get; }

    /// <summary>Gets the variable that names another place to ask.</summary>
    public abstract string UrlVariable { get; }

    /// <summary>Gets where it is asked.</summary>
    public abstract Uri BaseUrl { get; }

    /// <summary>Gets the header that carries the key.</summary>
    public abstract string KeyHeader { get; }

    /// <summary>Gets path and query of a question below the base; null if it cannot be asked that.</summary>
    public abstract string? PathOf(ReputationQuestion question);

    /// <summary>Reads an answer; null if it is none.</summary>
    public abstract Reputation? Read(JsonElement answer, ReputationQuestion question);

    /// <summary>Gets a member of an object, or nothing.</summary>
    protected static JsonElement Below(JsonElement element, string name)
        => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : default;

    /// <summary>Gets a number that is not negative; null if it is none.</summary>
    protected static double? Number(JsonElement element)
        => element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && number is >= 0 and <= LargestNumber ? number : null;

    /// <summary>Gets a time written as ISO 8601; null if it is none.</summary>
    protected static Timestamp? Time(JsonElement element)
        => element.ValueKind == JsonValueKind.String && element.TryGetDateTimeOffset(out DateTimeOffset time) ? Seconds(time.ToUnixTimeSeconds())
            : element.ValueKind == JsonValueKind.String && element.TryGetDateTime(out DateTime local) ? Seconds(new DateTimeOffset(local, TimeSpan.Zero).ToUnixTimeSeconds()) : null;

    /// <summary>Gets a time of seconds since the epoch; null if it is out of this century.</summary>
    protected static Timestamp? Seconds(double? seconds) => seconds is > 0 and < 4_102_444_800 ? Timestamp.FromSeconds((long)seconds.Value) : null;
}
