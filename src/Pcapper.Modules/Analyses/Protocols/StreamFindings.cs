using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Protocols;

/// <summary>Streams that say two things at once.</summary>
internal static class StreamFindings
{
    /// <summary>TCP segments overlap with different bytes.</summary>
    public static readonly FindingType Overlap = new("protocols.tcp-overlap", "TCP data sent twice with different bytes", Severity.Medium, "T1562")
    {
        Suspect = Suspect.Neither,
        Unless = "a broken middlebox rewrites payloads, or the capture mixes two connections",
    };

    public static void Conclude(ProtocolsState state, Conclusions conclusions)
    {
        FrameSample? frames = state.Anomalies.Find(new(new TextKey("tcp"), new TextKey("overlap with different bytes")));
        if (frames is null)
        {
            return;
        }

        conclusions.Add(new Finding
        {
            Type = Overlap,
            Subject = "TCP streams",
            Summary = $"{Units.Count(frames.Total, "stream direction")} in which a segment repeats bytes differently: what a sensor saw may not be what the host saw",
            Count = frames.Total,
            Confidence = 70,
            DisplayFilter = Filter.Frames(frames),
        }.WithEvidence(frames));
    }
}
