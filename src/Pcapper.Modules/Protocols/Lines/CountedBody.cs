using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>A body whose length was announced: literals of IMAP (RFC 9051, 4.3), BDAT of SMTP (RFC 3030, 2).</summary>
internal sealed class CountedBody : LineBody
{
    private readonly IBodySink? _sink;
    private long _left;

    /// <summary>Initializes a new instance of the <see cref="CountedBody"/> class.</summary>
    /// <param name="length">The announced length in bytes.</param>
    /// <param name="sink">Who gets the bytes, or null.</param>
    public CountedBody(long length, IBodySink? sink)
    {
        _left = length;
        _sink = sink;
        IsOver = length <= 0;
    }

    /// <inheritdoc/>
    public override int Take(ReadOnlySpan<byte> bytes, in StreamChunk chunk)
    {
        int taken = (int)Math.Min(_left, bytes.Length);
        _sink?.Add(bytes[..taken], chunk);
        _left -= taken;
        IsOver = _left == 0;
        return taken;
    }

    /// <inheritdoc/>
    protected override bool Miss(long missing)
    {
        _sink?.Gap(Math.Min(missing, _left));
        bool isInside = missing < _left;
        _left = Math.Max(0, _left - missing);
        IsOver = _left == 0;
        return isInside || missing == 0;
    }
}
