using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Xmpp;

/// <summary>XMPP (RFC 6120), with STARTTLS.</summary>
public sealed class XmppProtocol : IProtocol
{
    private const int MaxSpace = 32;
    private const int MaxDeclaration = 128;

    /// <inheritdoc/>
    public string Name => "xmpp";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [5222, 5269];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        ReadOnlySpan<byte> text = first.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty)
        {
            return first.Length < MaxSpace ? Confidence.Undecided : Confidence.No;
        }

        bool isDeclared = text.StartsWith("<?xml"u8);
        if (isDeclared)
        {
            int end = text.IndexOf("?>"u8);
            if (end < 0)
            {
                return text.Length < MaxDeclaration ? Confidence.Undecided : Confidence.No;
            }

            text = text[(end + 2)..].TrimStart(" \t\r\n"u8);
        }

        return text.StartsWith("<stream:stream"u8) ? Confidence.Certain
            : "<stream:stream"u8.StartsWith(text) || (!isDeclared && "<?xml"u8.StartsWith(text)) ? Confidence.Undecided : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new XmppParser(flow, bus);
}
