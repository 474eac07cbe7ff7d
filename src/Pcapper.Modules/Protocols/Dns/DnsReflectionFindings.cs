using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Dns;

/// <summary>Servers that are made to flood a third host.</summary>
internal static class DnsReflectionFindings
{
    /// <summary>Many large answers to small or forged queries.</summary>
    public static readonly FindingType Amplification = new("dns.amplification", "DNS amplification", Severity.High, "T1498.002")
    {
        Suspect = Suspect.Neither,
        Unless = "a validating resolver or a scanner that asks for large records on purpose: then the answers come from many names and it goes on working",
    };

    private const int MinimumResponses = 100;
    private const int MinimumFactor = 10;
    private const long MinimumBytes = 100_000;

    public static void Conclude(DnsState state, Conclusions conclusions)
    {
        foreach ((AddressKey receiver, DnsReflection reflection) in state.Reflections.Entries)
        {
            long responses = reflection.Frames.Total;
            if (responses < MinimumResponses || reflection.Answered.Value < MinimumBytes || reflection.Answered.Value < MinimumFactor * reflection.Asked.Value)
            {
                continue;
            }

            bool isVictim = reflection.Unasked.Value * 2 > responses;
            string factor = reflection.Asked.Value == 0 ? "nobody asked for them" : $"{Units.Number(Math.Round((double)reflection.Answered.Value / reflection.Asked.Value, 1))} times what asked for them";
            conclusions.Add(new Finding
            {
                Type = Amplification,
                Subject = receiver.ToString(),
                Summary = $"{Units.Count(responses, "response")} of {Units.Bytes(reflection.Answered.Value)} from {Units.Count(reflection.Servers.Estimate, "server")}, {factor}"
                    + (isVictim ? ": the host is the target of a reflection" : ": either the host asks for them, or its address is forged"),
                Destination = receiver.Address,
                Confidence = isVictim ? 85 : 75,
                Count = responses,
                Measures =
                [
                    new("responses", responses, MinimumResponses), new("answered", reflection.Answered.Value, MinimumBytes, "bytes"), new("asked", reflection.Asked.Value, null, "bytes"),
                    new("servers", reflection.Servers.Estimate), new("unasked", reflection.Unasked.Value),
                ],
                DisplayFilter = Filter.All.To(receiver.Address).And("dns.flags.response == 1"),
            }.WithEvidence(reflection.Frames).During(reflection.Extent));
        }
    }
}
