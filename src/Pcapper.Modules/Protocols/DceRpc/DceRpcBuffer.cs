using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Puts packets together that a pipe's reads and writes cut in pieces.</summary>
internal sealed class DceRpcBuffer
{
    private readonly List<byte> _bytes = [];

    /// <summary>Gets a value indicating whether nothing waits.</summary>
    public bool IsEmpty => _bytes.Count == 0;

    /// <summary>Gets what waits.</summary>
    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    /// <summary>Adds bytes; more than a packet can have are not kept.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Count + bytes.Length <= Limits.Message * 2)
        {
            _bytes.AddRange(bytes);
        }
        else
        {
            _bytes.Clear();
        }
    }

    /// <summary>Drops bytes from the beginning.</summary>
    public void Consume(int count) => _bytes.RemoveRange(0, Math.Min(count, _bytes.Count));

    /// <summary>Forgets everything.</summary>
    public void Clear() => _bytes.Clear();
}
