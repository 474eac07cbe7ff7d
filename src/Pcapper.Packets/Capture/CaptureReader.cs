namespace Pcapper.Packets;

/// <summary>Reads the frames of one capture, one after the other. Damaged input ends the reading, with <see cref="CaptureInfo.Problem"/> set; it never throws.</summary>
public abstract class CaptureReader : IDisposable
{
    /// <summary>Gets what the file says of itself, as far as it was read.</summary>
    public abstract CaptureInfo Info { get; }

    /// <summary>Gets how many bytes of the input have been consumed.</summary>
    public abstract long Position { get; }

    /// <summary>Reads the next frame.</summary>
    /// <returns>False at the end, or where the input stops making sense (<see cref="CaptureInfo.Problem"/> says why).</returns>
    public abstract bool TryRead(ref Frame frame);

    /// <summary>
    /// Tells where the frames that will be read next lie in the bytes at hand, as far as that is known without reading on:
    /// for those who want to fetch what they will need. There may be none.
    /// </summary>
    /// <param name="frames">Takes the place of each frame.</param>
    /// <param name="bytes">The bytes in which they lie; valid until the next frame is read.</param>
    /// <returns>How many frames there are.</returns>
    public virtual int LookAhead(Span<FramePlace> frames, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the file or stream and the buffers.</summary>
    protected abstract void Dispose(bool disposing);
}
