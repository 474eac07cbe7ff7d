using Pcapper.Modules.Analyses.Beacon;
using Pcapper.Packets;

namespace Pcapper.Tests.Analyses.Beacon;

/// <summary>Makes series of events with and without a rhythm, the same in every run. Bytes are drawn alike for both: only the times tell them apart.</summary>
internal sealed class SyntheticBeats(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Makes a beacon: sleeps of 5 s to an hour, spread evenly by up to a jitter (to both sides or only shorter), some missed, other events between.</summary>
    /// <param name="beats">The beats that are sent.</param>
    /// <param name="jitter">The share of the period by which a sleep may be off, 0 to 0.5.</param>
    /// <param name="missed">The share of beats that are not seen.</param>
    /// <param name="background">The other events, as a share of the beats.</param>
    public IReadOnlyList<Beat> Beacon(int beats, double jitter, double missed, double background)
    {
        double period = 5 * Math.Pow(720, _random.NextDouble());
        bool isOnlyShorter = _random.Next(2) == 0;
        List<double> times = [];
        double time = 0;
        while (times.Count < beats)
        {
            double off = jitter * (isOnlyShorter ? -_random.NextDouble() : (2 * _random.NextDouble()) - 1);
            time += period * (1 + off);
            if (_random.NextDouble() >= missed)
            {
                times.Add(time);
            }
        }

        double span = time;
        int others = (int)Math.Round(background * beats);
        for (int i = 0; i < others; i++)
        {
            times.Add(_random.NextDouble() * span);
        }

        return Make(times);
    }

    /// <summary>Makes what has no rhythm: events at random, intervals with a long tail, a person's bursts, more by day than by night.</summary>
    /// <param name="events">How many.</param>
    public IReadOnlyList<Beat> Chance(int events)
    {
        double mean = 5 * Math.Pow(720, _random.NextDouble());
        int kind = _random.Next(4);
        double width = 0.8 + _random.NextDouble();
        List<double> times = [];
        double time = 0;
        while (times.Count < events)
        {
            time += kind switch
            {
                0 => Exponential(mean),
                1 => mean * Math.Exp(width * Normal()),
                2 => _random.NextDouble() < 0.7 ? 1 + Exponential(5) : Exponential(mean * 5),
                _ => Exponential(mean) * (1 + (0.9 * Math.Sin(time / (mean * 10)))),
            };
            times.Add(time);
        }

        return Make(times);
    }

    private IReadOnlyList<Beat> Make(List<double> times)
    {
        times.Sort();
        bool isConstant = _random.Next(3) == 0;
        return [.. times.Select((t, i) => Beat.At(new Timestamp((long)(t * Timestamp.PerSecond)), new FrameRef(0, i + 1), isConstant ? 200 : (long)(200 * Math.Exp(Normal())), isInside: false))];
    }

    private double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
