using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>Cuts a TCP stream into packets.</summary>
internal sealed class DceRpcParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private readonly DceRpcCalls _calls = new(flow, bus);
    private readonly DceRpcAssociation?[] _associations = new DceRpcAssociation?[2];   // by the way that requests go
    private int _lost;        // a bit for each direction
    private int _askers;
    private bool _hasBegun;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        int mine = 1 << (int)direction;
        if ((_lost & mine) != 0)
        {
            // Fewer bytes than a header are shown again with what follows them.
            int skipped = DceRpcHeader.Find(chunk.Bytes) is >= 0 and var at ? at : Math.Max(0, chunk.Bytes.Length - DceRpcHeader.Size + 1);
            if (skipped > 0)
            {
                return ParseResult.Done(skipped);
            }

            if (chunk.Bytes.Length < DceRpcHeader.Size)
            {
                return ParseResult.NeedMore(DceRpcHeader.Size);
            }

            _lost &= ~mine;
        }

        if (!DceRpcHeader.TryRead(chunk.Bytes, out DceRpcHeader header))
        {
            return chunk.Bytes.Length < DceRpcHeader.Size && DceRpcHeader.MayBegin(chunk.Bytes) ? ParseResult.NeedMore(DceRpcHeader.Size)
                : _hasBegun ? Lose(direction, chunk) : ParseResult.NotThisProtocol();
        }

        if (chunk.Bytes.Length < header.Length)
        {
            return ParseResult.NeedMore(header.Length);
        }

        _hasBegun = true;
        Take(direction, header, chunk);
        return ParseResult.Done(header.Length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        _lost |= 1 << (int)direction;
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        foreach (DceRpcAssociation? association in _associations)
        {
            association?.End();
        }
    }

    // Who has asked, and was never asked, has nothing to answer.
    private void Take(Direction direction, in DceRpcHeader header, in StreamChunk chunk)
    {
        int last = header.Length - 1;
        if (!header.IsFromClient && _askers == 1 << (int)direction)
        {
            _calls.Anomaly("packet from the wrong side", chunk.FrameAt(last), chunk.TimeAt(last));
            return;
        }

        _askers |= header.IsFromClient ? 1 << (int)direction : 0;
        Direction requests = header.IsFromClient ? direction : direction.Opposite();
        DceRpcAssociation association = _associations[(int)requests] ??= new DceRpcAssociation(_calls, requests);
        association.Take(direction, header, chunk.Bytes[..header.Length], chunk.FrameAt(last), chunk.TimeAt(last));
    }

    // What is no packet does not spoil the next one.
    private ParseResult Lose(Direction direction, in StreamChunk chunk)
    {
        _calls.Anomaly("packet header", chunk.Frame, chunk.Time);
        _lost |= 1 << (int)direction;
        return ParseResult.Done(1);
    }
}
