using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>A request as it stands in a message.</summary>
/// <param name="call">The service of the class.</param>
/// <param name="service">The service.</param>
/// <param name="path">What it addresses.</param>
/// <param name="slot">The slot that it was sent on to, or 0.</param>
/// <param name="count">How many elements it asks for.</param>
/// <param name="offset">From which byte on, if in parts.</param>
/// <param name="data">What it brings, after the path.</param>
internal readonly ref struct CipRequest(long call, byte service, CipPath path, int slot, int count, uint offset, ReadOnlySpan<byte> data)
{
    /// <summary>Gets the service of the class.</summary>
    public long Call { get; } = call;

    /// <summary>Gets the service.</summary>
    public byte Service { get; } = service;

    /// <summary>Gets what it addresses.</summary>
    public CipPath Path { get; } = path;

    /// <summary>Gets the slot that it was sent on to, or 0.</summary>
    public int Slot { get; } = slot;

    /// <summary>Gets how many elements it asks for.</summary>
    public int Count { get; } = count;

    /// <summary>Gets from which byte on, if it asks for a part.</summary>
    public uint Offset { get; } = offset;

    /// <summary>Gets what it brings, after the path.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>Reads one, after service and path.</summary>
    public static CipRequest Read(byte service, CipPath path, int slot, ReadOnlySpan<byte> data)
    {
        var reader = new WireReader(data);
        bool isTag = path.IsTag || path.Class == 0x6B;
        int count = isTag && service is CipCalls.ReadTag or CipCalls.ReadTagPart ? reader.U16Little() : 0;
        uint offset = isTag && service == CipCalls.ReadTagPart ? reader.U32Little() : 0;
        return new CipRequest(CipCalls.Of(path.IsTag ? null : path.Class, service, path.Class == CipCalls.Pccc ? Pccc(data) : 0), service, path, slot, count, offset, data);
    }

    // Who asks (length, maker, serial number), then command, status, transaction and function.
    private static int Pccc(ReadOnlySpan<byte> data)
    {
        var reader = new WireReader(data);
        reader.Skip(Math.Max(0, reader.U8() - 1));
        int command = reader.U8();
        reader.Skip(3);
        int function = reader.U8();
        return reader.Overrun ? 0 : (command << 8) | function;
    }
}
