namespace Pcapper.Modules.Analyses.Files;

/// <summary>How a file misleads.</summary>
internal enum FileSuspicionKind
{
    Disguised,
    MisleadingName,
}
