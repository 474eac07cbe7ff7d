namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The content of one small file that is read from its beginning on: a group policy preference.</summary>
internal sealed class SmbPreferenceFile
{
    private const int Most = 64 * 1024;

    private readonly List<byte> _bytes = [];

    /// <summary>Gets what was read.</summary>
    public ReadOnlySpan<byte> Bytes => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    /// <summary>Adds a piece; what does not follow the one before is left out.</summary>
    public void Add(long offset, ReadOnlySpan<byte> data)
    {
        if (offset == _bytes.Count)
        {
            _bytes.AddRange(data[..Math.Min(data.Length, Most - _bytes.Count)]);
        }
    }
}
