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

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the file or stream and the buffers.</summary>
    protected abstract void Dispose(bool disposing);
}
