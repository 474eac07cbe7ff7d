using System.Text;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Enrichment.Intel;
using Xunit;

namespace Pcapper.Tests.Enrichment;

/// <summary>Answers are survived, whatever they are.</summary>
public sealed class IntelAnswerTests
{
    private static readonly byte[] s_marks = "\"{}[]:,-.0eE\\"u8.ToArray();

    private static readonly byte[][] s_answers =
    [
        Encoding.UTF8.GetBytes("""{"data":{"isWhitelisted":false,"abuseConfidenceScore":100,"totalReports":12,"numDistinctUsers":5,"lastReportedAt":"2025-12-24T10:00:00+00:00"}}"""),
        Encoding.UTF8.GetBytes("""{"pulse_info":{"count":4,"pulses":[{"modified":"2025-11-02T09:00:00.123000"},{"modified":"2025-12-02T09:00:00"}]},"validation":[{"source":"alexa"}]}"""),
        Encoding.UTF8.GetBytes("""{"data":{"attributes":{"last_analysis_date":1764547200,"last_analysis_stats":{"malicious":7,"suspicious":1,"harmless":60,"undetected":20}}}}"""),
    ];

    [Fact]
    public void Any_change_of_an_answer_is_an_answer_or_none()
        => Gen.Select(Gen.Int[0, 2], Gen.Select(Gen.Int[0, 200], Gen.OneOf(Gen.Byte, Gen.Int[0, s_marks.Length - 1].Select(i => s_marks[i]))).Array[0, 6]).Always((which, changes) =>
        {
            byte[] json = [.. s_answers[which]];
            foreach ((int at, byte value) in changes)
            {
                json[at % json.Length] = value;
            }

            IntelService service = IntelService.All[which];
            var options = new IntelOptions { Keys = new Dictionary<IntelService, string> { [service] = "key" } };
            using var client = new IntelClient(service, options, new HttpClientHandler(), TimeProvider.System);
            IntelReply reply = client.Read(json, new ReputationQuestion(IndicatorKind.Address, "192.31.196.7"));
            return (reply.Answer is null) != (reply.Problem is null) && (reply.Answer?.Measures ?? []).All(m => double.IsFinite(m.Value) && m.Value >= 0);
        });
}
