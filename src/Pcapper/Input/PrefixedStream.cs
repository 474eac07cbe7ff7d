using Pcapper.Engine;

namespace Pcapper.Input;

/// <summary>Bytes of a stream that were read before, followed by the rest of it.</summary>
internal sealed class PrefixedStream(Stream prefix, Stream rest) : SourceStream
{
    private bool _isPastPrefix;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = _isPastPrefix ? 0 : prefix.Read(buffer);
        _isPastPrefix = count == 0;
        return _isPastPrefix ? rest.Read(buffer) : count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            prefix.Dispose();
            rest.Dispose();
        }

        base.Dispose(disposing);
    }
}
