using Pcapper.Engine;
using Pcapper.Modules.Protocols.Lines;

namespace Pcapper.Modules.Protocols.Ssh;

/// <summary>SSH (RFC 4253): both ends begin with a line that names their software.</summary>
public sealed class SshProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "ssh";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [22, 2222];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        Confidence two = LineReader.ProbePrefix(first, "SSH-2.0-"u8);
        return two == Confidence.No ? LineReader.ProbePrefix(first, "SSH-1."u8) : two;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new SshParser(flow, bus);
}
