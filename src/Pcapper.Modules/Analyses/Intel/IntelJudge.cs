using System.Globalization;
using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Intel;

/// <summary>What answers of services mean.</summary>
internal static class IntelJudge
{
    // AbuseIPDB's own advice is to block from 75 to 100 only, and never below 25 (docs.abuseipdb.com, "Blacklist endpoint").
    private const double BadScore = 75;
    private const double SuspiciousScore = 25;

    // One or two of some ninety scanners are often wrong; five seldom are.
    private const double BadScanners = 5;
    private const double SuspiciousScanners = 2;

    // Anybody may write a pulse, and many list what malware merely visits.
    private const double SuspiciousPulses = 3;

    private const int SureAgreed = 90;
    private const int SureBad = 75;
    private const int SureSuspicious = 50;
    private const int SureSingle = 30;

    /// <summary>Tells how bad one answer is.</summary>
    public static IntelLevel Level(Reputation answer)
    {
        if (answer.State != ReputationState.Known)
        {
            return IntelLevel.Unknown;
        }

        return answer.IsTrusted ? IntelLevel.Nothing
            : answer[IntelNumbers.Score] >= BadScore || answer[IntelNumbers.Malicious] >= BadScanners ? IntelLevel.Bad
            : answer[IntelNumbers.Score] >= SuspiciousScore || answer[IntelNumbers.Malicious] + answer[IntelNumbers.Suspicious] >= SuspiciousScanners || answer[IntelNumbers.Pulses] >= SuspiciousPulses ? IntelLevel.Suspicious
            : IntelLevel.Nothing;
    }

    /// <summary>Tells what all answers about a value amount to; null for nothing against it.</summary>
    public static (Severity Severity, int Confidence)? Sum(IEnumerable<Reputation> answers)
    {
        IntelLevel[] levels = [.. answers.Select(Level).Where(level => level >= IntelLevel.Suspicious)];
        bool isBad = levels.Contains(IntelLevel.Bad);
        return levels.Length == 0 ? null
            : isBad ? (Severity.High, levels.Length > 1 ? SureAgreed : SureBad)
            : levels.Length > 1 ? (Severity.Medium, SureSuspicious)
            : (Severity.Low, SureSingle);
    }

    /// <summary>Writes the numbers of an answer: <c>abuse score 100, reports 12</c>.</summary>
    public static string Numbers(Reputation answer)
        => string.Join(", ", answer.Measures.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {m.Value:0.##}")));

    /// <summary>Writes a level.</summary>
    public static string Word(IntelLevel level) => level switch
    {
        IntelLevel.Bad => "bad",
        IntelLevel.Suspicious => "suspicious",
        IntelLevel.Nothing => "nothing against it",
        _ => "unknown",
    };
}
