namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>
/// Puts packets together that a pipe's reads and writes cut in pieces. It holds less than one packet, which has 16 bits for its length,
/// and while it is looked at the latest piece.
/// </summary>
internal sealed class DceRpcBuffer
{
    private List<byte>? _bytes;

    /// <summary>Gets a value indicating whether nothing waits.</summary>
    public bool IsEmpty => _bytes is null;

    /// <summary>Gets what waits.</summary>
    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
        {
            (_bytes ??= []).AddRange(bytes);
        }
    }

    /// <summary>Drops bytes from the beginning.</summary>
    public void Consume(int count)
    {
        if (_bytes is not null && count >= _bytes.Count)
        {
            _bytes = null;
        }

        _bytes?.RemoveRange(0, count);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _bytes = null;
}
