using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Cuts a TCP stream into packets.</summary>
internal sealed class DceRpcParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private readonly DceRpcAssociation _association = new(flow, bus);
    private readonly bool[] _isLost = new bool[2];
    private bool _hasBegun;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (_isLost[(int)direction])
        {
            int skipped = Find(chunk.Bytes);
            if (skipped > 0)
            {
                return ParseResult.Done(skipped);
            }

            if (chunk.Bytes.Length < DceRpcHeader.Size)
            {
                return ParseResult.NeedMore(DceRpcHeader.Size);
            }

            _isLost[(int)direction] = false;
        }

        if (!DceRpcHeader.TryRead(chunk.Bytes, out DceRpcHeader header))
        {
            return chunk.Bytes.Length < DceRpcHeader.Size && DceRpcHeader.MayBegin(chunk.Bytes) ? ParseResult.NeedMore(DceRpcHeader.Size)
                : _hasBegun ? ParseResult.Malformed("packet header") : ParseResult.NotThisProtocol();
        }

        if (chunk.Bytes.Length < header.Length)
        {
            return ParseResult.NeedMore(header.Length);
        }

        _hasBegun = true;
        int last = header.Length - 1;
        _association.Take(direction, header, chunk.Bytes[..header.Length], chunk.FrameAt(last), chunk.TimeAt(last));
        return ParseResult.Done(header.Length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        _isLost[(int)direction] = true;
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd() => _association.End();

    // Behind a gap a packet is looked for; fewer bytes than a header are shown again with what follows them.
    private static int Find(ReadOnlySpan<byte> bytes)
    {
        for (int at = 0; at + DceRpcHeader.Size <= bytes.Length; at++)
        {
            if (bytes[at] == 5 && DceRpcHeader.TryRead(bytes[at..], out _))
            {
                return at;
            }
        }

        return Math.Max(0, bytes.Length - DceRpcHeader.Size + 1);
    }
}
