namespace Pcapper.Engine;

/// <summary>Reads what was seen of a file, up to its first hole.</summary>
public sealed class ContentStream(CarriedFile content) : SourceStream
{
    private long _position;

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, content.Prefix - _position);
        if (count <= 0 || !content.Read(_position, buffer[..count]))
        {
            return 0;
        }

        _position += count;
        return count;
    }
}
