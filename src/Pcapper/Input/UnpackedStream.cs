using Pcapper.Engine;

namespace Pcapper.Input;

/// <summary>Makes one kind of failure, <see cref="InvalidDataException"/>, of whatever a decompressor throws on damaged input.</summary>
internal sealed class UnpackedStream(string compression, Func<Stream> open) : SourceStream
{
    private Stream? _inner;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            _inner ??= open();
            return _inner.Read(buffer);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or UnauthorizedAccessException))
        {
            throw new InvalidDataException($"damaged {compression} data", e);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inner?.Dispose();
        }

        base.Dispose(disposing);
    }
}
