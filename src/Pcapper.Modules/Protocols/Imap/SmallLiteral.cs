using System.Runtime.InteropServices;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Imap;

/// <summary>The beginning of a literal that stands for a word of a command.</summary>
internal sealed class SmallLiteral : IBodySink
{
    private readonly List<byte> _bytes = [];

    /// <summary>Gets the bytes.</summary>
    public ReadOnlySpan<byte> Bytes => CollectionsMarshal.AsSpan(_bytes);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> content, in StreamChunk chunk) => _bytes.AddRange(content[..Math.Min(content.Length, Limits.Text - _bytes.Count)]);

    /// <inheritdoc/>
    public void Gap(long missing)
    {
    }
}
