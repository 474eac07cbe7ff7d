using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Counts the messages of S7comm-plus.</summary>
internal sealed class S7PlusParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private readonly Emitter<S7PlusMessage> _messages = bus.Emitter<S7PlusMessage>();

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        switch (CotpUnit.Read(chunk.Bytes, out CotpUnit unit, out int needed))
        {
            case ParseStatus.NeedMore:
                return ParseResult.NeedMore(needed);
            case ParseStatus.Malformed:
                return ParseResult.Malformed("no unit of ISO transport");
        }

        if (unit is { Type: CotpUnit.DataTransfer, Data: [S7PlusProtocol.Number, var version, ..] } && _messages.IsWanted)
        {
            _messages.Emit(new S7PlusMessage
            {
                Flow = flow.Id,
                Frame = chunk.FrameAt(unit.Length - 1),
                Time = chunk.TimeAt(unit.Length - 1),
                Direction = direction,
                Version = version,
            });
        }

        return ParseResult.Done(unit.Length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing) => true;
}
