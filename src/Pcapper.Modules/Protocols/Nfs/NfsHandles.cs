namespace Pcapper.Modules.Protocols.Nfs;

/// <summary>Which path each file handle of a flow means. Handles are kept by their hash, the oldest are forgotten.</summary>
internal sealed class NfsHandles
{
    private const int Most = 4096;
    private const int MaxPath = 512;

    private readonly Dictionary<ulong, string> _paths = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>Gets the path of a handle, or null.</summary>
    public string? Find(ulong handle) => _paths.GetValueOrDefault(handle);

    /// <summary>Notes the path of a handle.</summary>
    public void Add(ulong handle, string? path)
    {
        if (handle == 0 || path is null || path.Length > MaxPath)
        {
            return;
        }

        if (_paths.TryAdd(handle, path))
        {
            _order.Enqueue(handle);
            if (_order.Count > Most)
            {
                _paths.Remove(_order.Dequeue());
            }
        }
        else
        {
            _paths[handle] = path;
        }
    }
}
