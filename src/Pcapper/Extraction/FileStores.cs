using Pcapper.Engine;

namespace Pcapper.Extraction;

/// <summary>Several stores that are offered the same files.</summary>
internal sealed class FileStores(params IReadOnlyList<FileStore> stores) : IFileStore
{
    /// <inheritdoc/>
    public bool KeepsContents => stores.Any(store => store.KeepsContents);

    /// <inheritdoc/>
    public IFileSpool? CreateSpool() => stores[0].CreateSpool();

    /// <inheritdoc/>
    public void Offer(FileTransfer file, IFileContent content)
    {
        foreach (FileStore store in stores)
        {
            store.Offer(file, content);
        }
    }
}
