namespace Pcapper.Packets;

/// <summary>
/// Puts the pieces of IP datagrams together (RFC 791, 3.2; RFC 8200, 4.5). Where pieces overlap, the bytes that came first stay.
/// Whether a datagram is completed depends on its own pieces only, unless <see cref="Evicted"/> counts: then memory ran out.
/// </summary>
public sealed class IpDefragmenter
{
    private readonly Dictionary<FragmentKey, FragmentBuffer> _datagrams = [];
    private readonly Stack<FragmentBuffer> _spare = [];
    private FragmentBuffer? _oldest;
    private FragmentBuffer? _newest;
    private FragmentBuffer? _finished;
    private long _bytes;

    /// <summary>Gets how many datagrams were given up for lack of memory although their time had not run out.</summary>
    public long Evicted { get; private set; }

    /// <summary>Gets how many datagrams wait for pieces, those whose time has run out included.</summary>
    public int Waiting => _datagrams.Count;

    /// <summary>Adds a piece: a packet whose <see cref="Packet.IsFragment"/> is set.</summary>
    /// <param name="fragment">The piece.</param>
    /// <param name="datagram">What was behind the IP header before it was cut, if the datagram is complete; valid until the next call.</param>
    /// <param name="protocol">What the datagram is, to be handed to <see cref="PacketDecoder.DecodeDatagram"/>.</param>
    /// <param name="facts">What is known of all pieces so far, this one included.</param>
    /// <returns>Whether the datagram is complete.</returns>
    public bool Add(scoped in Packet fragment, out ReadOnlySpan<byte> datagram, out IpProtocol protocol, out FragmentFacts facts)
    {
        datagram = default;
        protocol = fragment.Protocol;
        Recycle(ref _finished);
        FragmentKey key = FragmentKey.Of(fragment);
        if (_datagrams.TryGetValue(key, out FragmentBuffer? buffer) && buffer.HasExpired(fragment.Frame.Time))
        {
            Remove(buffer);
            Recycle(ref buffer);
        }

        if (buffer is null)
        {
            buffer = _spare.TryPop(out FragmentBuffer? spare) ? spare : new FragmentBuffer();
            buffer.Begin(key, fragment.Frame.Ref, fragment.Frame.Time);
            Append(buffer);
        }

        long before = buffer.Capacity;
        bool isComplete = buffer.Add(fragment);
        _bytes += buffer.Capacity - before;
        facts = buffer.Facts;
        if (isComplete)
        {
            datagram = buffer.Datagram;
            protocol = buffer.Protocol;
            Remove(buffer);
            _finished = buffer;
        }
        else
        {
            EvictOldest(fragment.Frame.Time);
        }

        return isComplete;
    }

    // The safety net; a datagram whose time has run out is no loss.
    private void EvictOldest(Timestamp now)
    {
        while ((_datagrams.Count > Limits.Datagrams || _bytes > Limits.DatagramBytes) && _oldest is { } oldest && oldest != _newest)
        {
            Evicted += oldest.HasExpired(now) || oldest.IsGivenUp ? 0 : 1;
            Remove(oldest);
            FragmentBuffer? evicted = oldest;
            Recycle(ref evicted);
        }
    }

    private void Append(FragmentBuffer buffer)
    {
        _datagrams.Add(buffer.Key, buffer);
        _bytes += buffer.Capacity;
        buffer.Previous = _newest;
        buffer.Next = null;
        if (_newest is null)
        {
            _oldest = buffer;
        }
        else
        {
            _newest.Next = buffer;
        }

        _newest = buffer;
    }

    private void Remove(FragmentBuffer buffer)
    {
        _datagrams.Remove(buffer.Key);
        _bytes -= buffer.Capacity;
        if (buffer.Previous is null)
        {
            _oldest = buffer.Next;
        }
        else
        {
            buffer.Previous.Next = buffer.Next;
        }

        if (buffer.Next is null)
        {
            _newest = buffer.Previous;
        }
        else
        {
            buffer.Next.Previous = buffer.Previous;
        }

        buffer.Previous = null;
        buffer.Next = null;
    }

    private void Recycle(ref FragmentBuffer? buffer)
    {
        const int SpareCount = 16;
        if (buffer is not null && _spare.Count < SpareCount)
        {
            _spare.Push(buffer);
        }

        buffer = null;
    }
}
