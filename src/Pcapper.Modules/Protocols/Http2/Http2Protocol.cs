using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http2;

/// <summary>HTTP/2 in the clear with prior knowledge (RFC 9113, 3.3).</summary>
public sealed class Http2Protocol : IProtocol
{
    private const byte SettingsType = 4;
    private const int SettingLength = 6;
    private const int MaxSettings = 16;

    private static readonly ushort[] s_ports = [80, 8080, 50051];

    /// <inheritdoc/>
    public string Name => "http2";

    /// <inheritdoc/>
    public Transports Transports => Transports.Tcp;

    /// <inheritdoc/>
    public ReadOnlySpan<ushort> UsualPorts => s_ports;

    /// <inheritdoc/>
    public Confidence Probe(Direction direction, ReadOnlySpan<byte> first)
    {
        int shown = Math.Min(first.Length, Http2Parser.Preface.Length);
        if (first[..shown].SequenceEqual(Http2Parser.Preface[..shown]))
        {
            return shown == Http2Parser.Preface.Length ? Confidence.Certain : Confidence.Undecided;
        }

        // A server begins with its settings, on stream 0.
        var reader = new WireReader(first);
        int length = (reader.U8() << 16) | reader.U16();
        byte type = reader.U8();
        byte flags = reader.U8();
        uint stream = reader.U32();
        if (reader.Overrun)
        {
            return first[0] == 0 ? Confidence.Undecided : Confidence.No;
        }

        bool isSettings = type == SettingsType && flags == 0 && stream == 0 && length % SettingLength == 0 && length <= MaxSettings * SettingLength;
        return isSettings ? Confidence.Plausible : Confidence.No;
    }

    /// <inheritdoc/>
    public FlowParser CreateParser(FlowContext flow, RecordBus bus) => new Http2Parser(flow, bus);
}
