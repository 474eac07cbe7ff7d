using System.Globalization;
using Pcapper.Engine;
using Pcapper.Fuzz;
using SharpFuzz;

const string Usage = "usage: Pcapper.Fuzz capture|protocol|state|file [FILE... | --seconds N [SEED-FILE...]]\n       Pcapper.Fuzz seeds FOLDER CAPTURE...";
if (args is ["seeds", { } folder, .. { } captures])
{
    var recorder = new SeedRecorder(folder);
    foreach (string capture in captures)
    {
        recorder.Record(capture);
    }

    return 0;
}

if (args.Length == 0 || Targets.Find(args[0]) is not { } target)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

Guard.Rethrow = true;
if (args.Length == 1)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        target(input.ToArray());
    });
    return 0;
}

if (args[1] != "--seconds")
{
    foreach (string file in args[1..])
    {
        target(File.ReadAllBytes(file));
    }

    return 0;
}

long seconds = long.Parse(args[2], CultureInfo.InvariantCulture);
byte[][] seeds = args.Length > 3 ? [.. args[3..].Select(File.ReadAllBytes)] : [new byte[64]];
for (int round = 0; Environment.CpuUsage.TotalTime.TotalSeconds < seconds; round++)
{
    byte[] input = Mutate.Once(seeds[round % seeds.Length], new Random(round));
    try
    {
        target(input);
    }
    catch (Exception)
    {
        File.WriteAllBytes($"crash-{args[0]}-{round}.bin", input);
        throw;
    }
}

return 0;
