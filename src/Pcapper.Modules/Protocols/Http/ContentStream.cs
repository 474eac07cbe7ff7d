using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Reads what a body holds, up to its first hole.</summary>
internal sealed class ContentStream(CarriedFile content) : SourceStream
{
    private long _position;

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
