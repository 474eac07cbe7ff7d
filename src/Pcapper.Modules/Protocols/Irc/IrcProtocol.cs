using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Irc;

/// <summary>IRC (RFC 2812, ircv3.net), with STARTTLS.</summary>
public sealed class IrcProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "irc";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [6667, 6660, 6661, 6662, 6663, 6664, 6665, 6666, 6668, 6669, 7000];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        Confidence confidence = LineReader.ProbeLine(first, out ReadOnlySpan<byte> line);
        if (confidence == Confidence.Certain)
        {
            return direction == Direction.ToResponder ? ProbeClient(first, line) : IrcMessage.ProbeServer(line);
        }

        bool mayBe = direction == Direction.ToResponder || first is [] or [(byte)':' or (byte)'N' or (byte)'E' or (byte)'P', ..];
        return mayBe ? confidence : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new IrcParser(this, flow, bus);

    // Many clients begin with PASS or NICK; USER has four parameters here, one in FTP and POP3.
    private static Confidence ProbeClient(ReadOnlySpan<byte> first, ReadOnlySpan<byte> line)
    {
        const int Most = 3;
        for (int i = 0; i < Most; i++)
        {
            Confidence confidence = IrcMessage.ProbeClient(line);
            if (confidence != Confidence.Plausible)
            {
                return i > 0 && confidence == Confidence.No ? Confidence.Plausible : confidence;
            }

            LineReader.TryRead(first, out _, out int length);
            first = first[length..];
            if (!LineReader.TryRead(first, out line, out _))
            {
                break;
            }
        }

        return Confidence.Plausible;
    }
}
