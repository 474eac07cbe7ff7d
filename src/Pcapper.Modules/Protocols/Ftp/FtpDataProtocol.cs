using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>A data connection of FTP (RFC 959, 3.2): any bytes, known only because a control connection announced it, with an <see cref="FtpDataNote"/>.</summary>
public sealed class FtpDataProtocol : IProtocol
{
    /// <inheritdoc/>
    public string Name => "ftp-data";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => Confidence.No;

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new FtpDataParser(flow, bus);
}
