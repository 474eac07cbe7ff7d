using System.Globalization;

namespace Pcapper.Packets;

/// <summary>What the readers of all formats share: the input, the frame count, and how an end is told.</summary>
internal abstract class FrameSource(InputBuffer input, int capture, string format) : CaptureReader
{
    private long _number;

    /// <inheritdoc/>
    public sealed override CaptureInfo Info { get; } = new() { Format = format };

    /// <inheritdoc/>
    public sealed override long Position => Input.Position;

    /// <summary>Gets the bytes.</summary>
    protected InputBuffer Input { get; } = input;

    /// <summary>Gets the number that the next frame will have.</summary>
    protected long NextNumber => _number + 1;

    /// <summary>Names the next frame, and counts it.</summary>
    protected FrameRef Next()
    {
        Info.Frames++;
        return new FrameRef(capture, ++_number);
    }

    /// <summary>Leaves a number out: what Wireshark shows as a frame there is none.</summary>
    protected void SkipNumber() => _number++;

    /// <summary>Ends the reading where the bytes end: well if none is left, cut off if some are.</summary>
    protected bool End()
    {
        if (Input.Failure is { } failure)
        {
            Stop(string.Create(CultureInfo.InvariantCulture, $"{failure}; reading stopped after frame {_number}"));
        }
        else if (Input.Available > 0)
        {
            Stop(string.Create(CultureInfo.InvariantCulture, $"cut off in frame {NextNumber} (at byte {Input.Position})"));
        }

        return false;
    }

    /// <summary>Notes the first problem. Returns false, as the reading has ended.</summary>
    protected bool Stop(string problem)
    {
        Info.Problem ??= problem;
        return false;
    }

    /// <inheritdoc/>
    protected sealed override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Input.Dispose();
        }
    }
}
