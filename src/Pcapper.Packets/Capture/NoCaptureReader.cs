namespace Pcapper.Packets;

/// <summary>Stands for input that is no capture: no frames, and the reason.</summary>
internal sealed class NoCaptureReader : CaptureReader
{
    private readonly InputBuffer _input;

    /// <summary>Takes over the input, and says why it cannot be read.</summary>
    public NoCaptureReader(InputBuffer input, string problem)
    {
        _input = input;
        Info = new CaptureInfo { Format = "unknown", Problem = problem };
    }

    /// <inheritdoc/>
    public override CaptureInfo Info { get; }

    /// <inheritdoc/>
    public override long Position => _input.Position;

    /// <inheritdoc/>
    public override bool TryRead(ref Frame frame) => false;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input.Dispose();
        }
    }
}
