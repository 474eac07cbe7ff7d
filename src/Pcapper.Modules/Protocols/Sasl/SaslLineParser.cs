using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Sasl;

/// <summary>Reads a protocol of lines whose clients log in by SASL: lines of an exchange go there, all others to commands and answers.</summary>
internal abstract class SaslLineParser : LineParser
{
    /// <summary>Initializes a new instance of the <see cref="SaslLineParser"/> class.</summary>
    protected SaslLineParser(IProtocol protocol, FlowContext flow, RecordBus bus)
        : base(protocol, flow, bus) => Sasl = new SaslExchange(flow, bus, protocol.Name, Logins);

    /// <summary>Gets the login.</summary>
    protected SaslExchange Sasl { get; }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        base.OnEnd();
        Sasl.End();
    }

    /// <inheritdoc/>
    protected sealed override LineOutcome TakeLine(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk)
    {
        if (direction == Direction.ToOriginator)
        {
            return Answer(direction, line, chunk);
        }

        if (Sasl.IsActive)
        {
            Sasl.Answer(direction, SaslMessage(line), chunk);
            return LineOutcome.Next;
        }

        return Command(direction, line, chunk);
    }

    /// <summary>Gets the base64 text out of a line of a SASL exchange.</summary>
    protected virtual ReadOnlySpan<byte> SaslMessage(ReadOnlySpan<byte> line) => line;

    /// <summary>Looks at a line of the client that belongs to no SASL exchange.</summary>
    protected abstract LineOutcome Command(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk);

    /// <summary>Looks at a line of the server.</summary>
    protected abstract LineOutcome Answer(Direction direction, ReadOnlySpan<byte> line, in StreamChunk chunk);
}
