using BenchmarkDotNet.Running;
using Pcapper.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(StageBenchmarks).Assembly).Run(args);
