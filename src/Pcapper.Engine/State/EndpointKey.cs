using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>Where a host serves.</summary>
/// <param name="Address">The host.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol">The transport.</param>
public readonly record struct EndpointKey(IpAddress Address, ushort Port, IpProtocol Protocol) : IStateKey<EndpointKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Address).And(((long)Port << 8) | (byte)Protocol);

    /// <inheritdoc/>
    public static EndpointKey Read(ref StateReader reader)
        => new(reader.Address(), (ushort)reader.Number(0, ushort.MaxValue), (IpProtocol)reader.Number(0, byte.MaxValue));

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Address(Address);
        writer.Number(Port);
        writer.Number((long)Protocol);
    }

    /// <inheritdoc/>
    public int CompareTo(EndpointKey other)
        => Address.CompareTo(other.Address) is not 0 and var a ? a
            : Port.CompareTo(other.Port) is not 0 and var p ? p
            : ((byte)Protocol).CompareTo((byte)other.Protocol);

    /// <summary>Writes <c>192.0.2.5:443</c>, or <c>[2001:db8::5]:443</c>.</summary>
    public override string ToString() => FlowKey.Endpoint(Address, Port);
}
