namespace Pcapper.Engine;

/// <summary>What is wanted of files, in one shard.</summary>
public sealed class FileDemand
{
    /// <summary>Gets a value indicating whether anyone wants to know the hashes of contents.</summary>
    public bool WantsHashes { get; private set; }

    /// <summary>Gets where contents go, or null for nowhere: what comes out of order and does not fit in memory is then given up.</summary>
    public IFileStore? Store { get; init; }

    /// <summary>Gets what tells a media type by a file's first bytes, or null if nobody can.</summary>
    public TypeSniffer? Sniff { get; init; }

    /// <summary>Gets what tries rules on contents, or null.</summary>
    public IContentScanner? Scanner { get; init; }

    /// <summary>Gets a value indicating whether whole contents are held.</summary>
    public bool KeepsContents => Scanner is not null || Store is { KeepsContents: true };

    /// <summary>Asks for the hashes.</summary>
    public void RequireHashes() => WantsHashes = true;
}
