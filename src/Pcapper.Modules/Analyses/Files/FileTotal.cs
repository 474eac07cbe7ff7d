namespace Pcapper.Modules.Analyses.Files;

/// <summary>What is counted of files.</summary>
internal enum FileTotal
{
    Files,
    Complete,
    SeenBytes,
    WithoutHash,
    Count,
}
