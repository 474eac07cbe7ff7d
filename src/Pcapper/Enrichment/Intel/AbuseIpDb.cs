using System.Text.Json;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Intel;

namespace Pcapper.Enrichment.Intel;

/// <summary>AbuseIPDB (docs.abuseipdb.com, version 2, "CHECK Endpoint"): reports about addresses.</summary>
internal sealed class AbuseIpDb : IntelService
{
    /// <inheritdoc/>
    public override string Name => "AbuseIPDB";

    /// <inheritdoc/>
    public override string KeyVariable => "PCAPPER_ABUSEIPDB_KEY";

    /// <inheritdoc/>
    public override string UrlVariable => "PCAPPER_INTEL_BASE_URL_ABUSEIPDB";

    /// <inheritdoc/>
    public override Uri BaseUrl { get; } = new("https://api.abuseipdb.com/");

    /// <inheritdoc/>
    public override string KeyHeader => "Key";

    /// <inheritdoc/>
    public override string? PathOf(ReputationQuestion question)
        => question.Kind == IndicatorKind.Address ? $"api/v2/check?ipAddress={Uri.EscapeDataString(question.Value)}&maxAgeInDays=90" : null;

    /// <inheritdoc/>
    public override Reputation? Read(JsonElement answer, ReputationQuestion question)
    {
        JsonElement data = Below(answer, "data");
        if (Number(Below(data, "abuseConfidenceScore")) is not { } score)
        {
            return null;
        }

        double reports = Number(Below(data, "totalReports")) ?? 0;
        if (score == 0 && reports == 0)
        {
            return new Reputation(question, Name, ReputationState.Unknown);
        }

        return new Reputation(question, Name, ReputationState.Known)
        {
            Measures = [new(IntelNumbers.Score, Math.Min(score, 100)), new("reports", reports), new("reporters", Number(Below(data, "numDistinctUsers")) ?? 0)],
            Reported = Time(Below(data, "lastReportedAt")),
            IsTrusted = Below(data, "isWhitelisted").ValueKind == JsonValueKind.True,
        };
    }
}
