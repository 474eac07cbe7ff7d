using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Gets the content of a <see cref="LineBody"/> piece by piece.</summary>
internal interface IBodySink
{
    /// <summary>Takes the next bytes; the chunk begins with what is being read and tells its frames.</summary>
    void Add(ReadOnlySpan<byte> content, in StreamChunk chunk);

    /// <summary>Bytes are missing.</summary>
    void Gap(long missing);
}
