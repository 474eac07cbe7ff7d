namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Takes runs of text as they end.</summary>
internal delegate void RunSink(in TextRun run);
