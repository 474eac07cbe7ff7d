using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>S7comm, with which Siemens' S7-300 and S7-400 and their like are programmed and read, over ISO transport on TCP.</summary>
public sealed class S7Protocol : IProtocol
{
    /// <summary>The port of controllers.</summary>
    internal const ushort Port = 102;

    /// <inheritdoc/>
    public string Name => "s7comm";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => [Port];

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first) => CotpUnit.Probe(first, Judge);

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new S7Parser(flow, bus);

    // Until the first data come, a connection may carry MMS or something else.
    private static Confidence Judge(ReadOnlySpan<byte> data, bool isWhole)
    {
        if (data[0] != S7Pdu.Number)
        {
            return Confidence.No;
        }

        if (data.Length < S7Pdu.LeastLength)
        {
            return isWhole ? Confidence.No : Confidence.Undecided;
        }

        return S7Pdu.IsKind(data[1]) && (!isWhole || !S7Pdu.Read(data).IsBroken) ? Confidence.Certain : Confidence.No;
    }
}
