using System.Globalization;
using CsCheck;

namespace Pcapper.Tests;

/// <summary>
/// Properties that must hold for whatever a generator makes, tried on the same values in every run: a check that draws anew each time fails
/// on a day of its own choice. <c>PCAPPER_PROPERTY_SEED</c> (a number) tries other values; a failure is shrunk by CsCheck.
/// </summary>
internal static class AlwaysExtensions
{
    /// <summary>How many values are tried unless a test says otherwise.</summary>
    private const long Iterations = 100;

    private static readonly ulong s_seed = ulong.TryParse(Environment.GetEnvironmentVariable("PCAPPER_PROPERTY_SEED"), CultureInfo.InvariantCulture, out ulong seed)
        ? seed
        : 20_261_125;

    internal static void Always<T>(this Gen<T> gen, Func<T, bool> holds, long iterations = Iterations)
    {
        for (uint number = 0; number < iterations; number++)
        {
            var random = new PCG(number, s_seed);
            string state = random.ToString();
            T value = gen.Generate(random, null, out _);
            bool isFine;
            try
            {
                isFine = holds(value);
            }
            catch (Exception)
            {
                // CsCheck throws it again, with a smaller value if there is one.
                isFine = false;
            }

            if (!isFine)
            {
                gen.Sample(holds, seed: state, iter: Iterations, threads: 1);
                throw new InvalidOperationException($"Value {number} of seed {s_seed} failed once and not again: {value}");
            }
        }
    }

    internal static void Always<T>(this Gen<T> gen, Action<T> check, long iterations = Iterations)
        => gen.Always(Checked(check), iterations);

    internal static void Always<T1, T2>(this Gen<(T1, T2)> gen, Func<T1, T2, bool> holds, long iterations = Iterations)
        => gen.Always(value => holds(value.Item1, value.Item2), iterations);

    internal static void Always<T1, T2>(this Gen<(T1, T2)> gen, Action<T1, T2> check, long iterations = Iterations)
        => gen.Always(value => check(value.Item1, value.Item2), iterations);

    internal static void Always<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, bool> holds, long iterations = Iterations)
        => gen.Always(value => holds(value.Item1, value.Item2, value.Item3), iterations);

    internal static void Always<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Action<T1, T2, T3> check, long iterations = Iterations)
        => gen.Always(value => check(value.Item1, value.Item2, value.Item3), iterations);

    internal static void Always<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, Func<T1, T2, T3, T4, bool> holds, long iterations = Iterations)
        => gen.Always(value => holds(value.Item1, value.Item2, value.Item3, value.Item4), iterations);

    internal static void Always<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, Action<T1, T2, T3, T4> check, long iterations = Iterations)
        => gen.Always(value => check(value.Item1, value.Item2, value.Item3, value.Item4), iterations);

    internal static void Always<T1, T2, T3, T4, T5, T6>(
        this Gen<(T1, T2, T3, T4, T5, T6)> gen, Func<T1, T2, T3, T4, T5, T6, bool> holds, long iterations = Iterations)
        => gen.Always(value => holds(value.Item1, value.Item2, value.Item3, value.Item4, value.Item5, value.Item6), iterations);

    private static Func<T, bool> Checked<T>(Action<T> check)
        => value =>
        {
            check(value);
            return true;
        };
}
