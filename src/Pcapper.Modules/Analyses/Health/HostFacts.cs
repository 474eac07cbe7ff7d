using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Health;

/// <summary>What the IP headers of one host's packets say.</summary>
public sealed class HostFacts : Tally
{
    /// <summary>Index of the packets.</summary>
    public const int Packets = 0;

    /// <summary>Index of the pieces of datagrams that were not whole with them.</summary>
    public const int Fragments = 1;

    /// <summary>Index of the packets whose sender can be told of congestion (ECT).</summary>
    public const int Capable = 2;

    /// <summary>Index of the packets that met congestion (CE).</summary>
    public const int Congested = 3;

    /// <summary>Index of the packets that must not be fragmented.</summary>
    public const int Whole = 4;

    private static readonly byte[] s_initial = [32, 64, 128, 255];

    private ulong _ttl0;
    private ulong _ttl1;
    private ulong _ttl2;
    private ulong _ttl3;

    /// <summary>Gets which DSCP its packets had, one bit each.</summary>
    public ulong CodePoints { get; private set; }

    /// <summary>Gets the smallest segment size that it announced, or 0.</summary>
    public int SegmentSize { get; private set; }

    /// <summary>Gets the times to live that its TCP and UDP packets to single hosts had, ascending.</summary>
    public IEnumerable<int> Ttls => Enumerable.Range(0, 256).Where(ttl => (Word(ttl >> 6) >> (ttl & 63) & 1) != 0);

    /// <summary>Gets the times to live that senders usually begin with, of which there are more than one if several systems send under one address.</summary>
    public IReadOnlyList<int> InitialTtls => [.. Ttls.Select(ttl => (int)s_initial.First(initial => ttl <= initial)).Distinct()];

    /// <summary>Notes a packet.</summary>
    public void Add(in Packet packet)
    {
        this[Packets]++;
        CodePoints |= 1ul << (packet.TrafficClass >> 2);
        int congestion = packet.TrafficClass & 3;
        this[Capable] += congestion is 1 or 2 ? 1 : 0;
        this[Congested] += congestion == 3 ? 1 : 0;
        this[Whole] += packet.DontFragment ? 1 : 0;
        this[Fragments] += packet.IsFragment ? 1 : 0;
        if (packet.HasPorts && packet.Destination.IsHost)
        {
            Word(packet.Ttl >> 6) |= 1ul << (packet.Ttl & 63);
        }
    }

    /// <summary>Notes the segment size that a SYN announces.</summary>
    public void AddSegmentSize(int bytes) => SegmentSize = SegmentSize == 0 ? bytes : bytes == 0 ? SegmentSize : Math.Min(SegmentSize, bytes);

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        var host = (HostFacts)other;
        for (int i = 0; i < 4; i++)
        {
            Word(i) |= host.Word(i);
        }

        CodePoints |= host.CodePoints;
        AddSegmentSize(host.SegmentSize);
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        for (int i = 0; i < 4; i++)
        {
            writer.Unsigned(Word(i));
        }

        writer.Unsigned(CodePoints);
        writer.Number(SegmentSize);
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        for (int i = 0; i < 4; i++)
        {
            Word(i) = reader.Unsigned();
        }

        CodePoints = reader.Unsigned();
        SegmentSize = reader.Number(0, ushort.MaxValue);
    }

    private ref ulong Word(int index)
    {
        switch (index)
        {
            case 0:
                return ref _ttl0;
            case 1:
                return ref _ttl1;
            case 2:
                return ref _ttl2;
            default:
                return ref _ttl3;
        }
    }
}
