using Pcapper.Engine;

namespace Pcapper.Extraction;

/// <summary>A file that is kept.</summary>
/// <param name="File">What is known of it.</param>
/// <param name="Sha256">The SHA-256 of what is kept; of a file with holes, with zeros in them.</param>
/// <param name="Size">How many bytes are kept.</param>
internal sealed record ExtractedFile(FileTransfer File, string Sha256, long Size)
{
    /// <summary>Gets the content's path below the folder.</summary>
    public string ContentPath => $"{Sha256[..2]}/{Sha256}";

    /// <summary>Gets or sets the name that it got in the folder.</summary>
    public string SafeName { get; set; } = string.Empty;
}
