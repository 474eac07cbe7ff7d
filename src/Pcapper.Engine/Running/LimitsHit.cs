namespace Pcapper.Engine;

/// <summary>How often limits of a whole run were hit.</summary>
/// <param name="Flows">Flows ended early because there were too many.</param>
/// <param name="Expectations">Announced flows forgotten because there were too many.</param>
/// <param name="PairDatagrams">Fragmented datagrams given up because two hosts had too many.</param>
/// <param name="Datagrams">Fragmented datagrams given up because all hosts together had too many.</param>
internal readonly record struct LimitsHit(long Flows, long Expectations, long PairDatagrams, long Datagrams)
{
    /// <summary>Adds two shards'.</summary>
    public static LimitsHit operator +(LimitsHit a, LimitsHit b)
        => new(a.Flows + b.Flows, a.Expectations + b.Expectations, a.PairDatagrams + b.PairDatagrams, a.Datagrams + b.Datagrams);

    /// <summary>Tells them.</summary>
    public IEnumerable<RunProblem> ToRunProblems()
    {
        if (PairDatagrams > 0)
        {
            yield return new RunProblem(RunProblemKind.Limit, $"fragment limit reached: {Units.Count(PairDatagrams, "incomplete datagram")} given up, between hosts with very many of them");
        }

        foreach ((long count, string what) in ((long, string)[])[
            (Datagrams, "fragment limit reached: {0} incomplete datagrams were given up"),
            (Flows, "flow limit reached: {0} flows were ended early"),
            (Expectations, "limit of announced flows reached: {0} were forgotten")])
        {
            if (count > 0)
            {
                string told = string.Format(System.Globalization.CultureInfo.InvariantCulture, what, count);
                yield return new RunProblem(RunProblemKind.Limit, $"{told}, and results may depend on --mp-workers");
            }
        }
    }
}
