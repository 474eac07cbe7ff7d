using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>S7comm-plus, the successor of S7comm (S7-1200, S7-1500): recognised and counted, not read.</summary>
public sealed class S7PlusProtocol : IProtocol
{
    /// <summary>The number that its messages begin with.</summary>
    internal const byte Number = 0x72;

    /// <inheritdoc/>
    public string Name => "s7comm-plus";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [S7Protocol.Port];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => CotpUnit.Probe(first, Judge);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new S7PlusParser(flow, bus);

    private static Confidence Judge(ReadOnlySpan<byte> data, bool isWhole)
        => data[0] != Number ? Confidence.No
            : data.Length < 2 ? isWhole ? Confidence.No : Confidence.Undecided
            : data[1] is >= 1 and <= 3 or 0xFE or 0xFF ? Confidence.Certain : Confidence.No;
}
