namespace Pcapper.Engine;

/// <summary>Where file contents go: temporary storage while they come in, and those that somebody wants to keep. Used by all shards at once.</summary>
public interface IFileStore
{
    /// <summary>Gets a value indicating whether contents are to be held whole, to be offered when the file has ended.</summary>
    bool KeepsContents { get; }

    /// <summary>Makes temporary storage for one file, or null if there is none left.</summary>
    IFileSpool? CreateSpool();

    /// <summary>Offers a file that has ended; its content is valid only during the call. Which files are kept must not depend on the order of the calls.</summary>
    void Offer(FileTransfer file, IFileContent content);
}
