using System.Text.Json;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Intel;

namespace Pcapper.Enrichment.Intel;

/// <summary>LevelBlue (AlienVault) Open Threat Exchange (otx.alienvault.com/assets/static/external_api.html, "indicators"): reports that people share.</summary>
internal sealed class Otx : IntelService
{
    private const int PulsesDated = 50;

    /// <inheritdoc/>
    public override string Name => "OTX";

    /// <inheritdoc/>
    public override string KeyVariable => "PCAPPER_OTX_KEY";

    /// <inheritdoc/>
    public override string UrlVariable => "PCAPPER_INTEL_BASE_URL_OTX";

    /// <inheritdoc/>
    public override Uri BaseUrl { get; } = new("https://otx.alienvault.com/");

    /// <inheritdoc/>
    public override string KeyHeader => "X-OTX-API-KEY";

    /// <inheritdoc/>
    public override string? PathOf(ReputationQuestion question)
    {
        string? kind = question.Kind switch
        {
            IndicatorKind.Address => question.Value.Contains(':', StringComparison.Ordinal) ? "IPv6" : "IPv4",
            IndicatorKind.Domain => "domain",
            IndicatorKind.Sha256 => "file",
            _ => null,
        };
        return kind is null ? null : $"api/v1/indicators/{kind}/{Uri.EscapeDataString(question.Value)}/general";
    }

    /// <inheritdoc/>
    public override Reputation? Read(JsonElement answer, ReputationQuestion question)
    {
        JsonElement info = Below(answer, "pulse_info");
        if (Number(Below(info, "count")) is not { } pulses)
        {
            return null;
        }

        if (pulses == 0)
        {
            return new Reputation(question, Name, ReputationState.Unknown);
        }

        JsonElement listed = Below(info, "pulses");
        JsonElement checks = Below(answer, "validation");
        return new Reputation(question, Name, ReputationState.Known)
        {
            Measures = [new(IntelNumbers.Pulses, pulses)],
            Reported = listed.ValueKind == JsonValueKind.Array ? listed.EnumerateArray().Take(PulsesDated).Select(pulse => Time(Below(pulse, "modified"))).Max() : null,
            IsTrusted = checks.ValueKind == JsonValueKind.Array && checks.EnumerateArray().Any(IsTrust),
        };
    }

    private static bool IsTrust(JsonElement check)
        => Below(check, "source") is { ValueKind: JsonValueKind.String } source && (source.ValueEquals("whitelist") || source.ValueEquals("false_positive"));
}
