namespace Pcapper.Packets;

/// <summary>
/// Puts the pieces of IP datagrams together (RFC 791, 3.2; RFC 8200, 4.5). Where pieces overlap, the bytes that came first stay.
/// Whether a datagram is completed depends on the pieces between its own two hosts only, unless <see cref="EvictedInAll"/> counts: then memory ran out.
/// </summary>
/// <param name="incomplete">Takes the datagrams that were never completed, although no piece was cut by the snap length.</param>
public sealed class IpDefragmenter(Action<IncompleteDatagram>? incomplete = null)
{
    private const int SpareCount = 16;

    private readonly Dictionary<FragmentKey, FragmentBuffer> _datagrams = [];
    private readonly Dictionary<(IpAddress Source, IpAddress Destination, Encapsulation Tunnel), FragmentPair> _pairs = [];
    private readonly LinkedList<FragmentBuffer> _all = [];   // in the order of their first pieces
    private readonly Stack<FragmentBuffer> _spare = [];
    private FragmentBuffer? _finished;
    private long _bytes;

    /// <summary>Gets how many datagrams were given up because two hosts had too many, although their time had not run out.</summary>
    public long Evicted { get; private set; }

    /// <summary>Gets how many datagrams were given up because all hosts together had too many, although their time had not run out.</summary>
    public long EvictedInAll { get; private set; }

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
            GiveUp(buffer);
            buffer = null;
        }

        buffer ??= Begin(key, fragment);
        int before = buffer.Held;
        bool isComplete = buffer.Add(fragment);
        _bytes += buffer.Held - before;
        buffer.Pair.Bytes += buffer.Held - before;
        facts = buffer.Facts;
        if (isComplete)
        {
            datagram = buffer.Assemble();
            protocol = buffer.Protocol;
            Remove(buffer);
            _finished = buffer;
        }
        else
        {
            Bound(buffer, fragment.Frame.Time);
        }

        return isComplete;
    }

    /// <summary>
    /// Gives up the datagrams that no piece can complete any more. What it gives up depends on when it is called:
    /// call it at the same frames, with the same time, in every shard.
    /// </summary>
    public void Sweep(Timestamp now)
    {
        for (LinkedListNode<FragmentBuffer>? next, node = _all.First; node is not null; node = next)
        {
            next = node.Next;
            if (node.Value.IsLongOver(now))
            {
                GiveUp(node.Value);
            }
        }
    }

    /// <summary>Gives up all datagrams: no more pieces will come.</summary>
    public void End()
    {
        while (_all.First is { } oldest)
        {
            GiveUp(oldest.Value);
        }
    }

    private void Bound(FragmentBuffer newest, Timestamp now)
    {
        FragmentPair pair = newest.Pair;
        while (pair.IsTooMuch && pair.Datagrams.First!.Value is { } oldest && oldest != newest)
        {
            Evicted += oldest.HasExpired(now) || oldest.IsGivenUp ? 0 : 1;
            GiveUp(oldest);
        }

        // The safety net; a datagram whose time has run out is no loss.
        while ((_datagrams.Count > Limits.Datagrams || _bytes > Limits.DatagramBytes) && _all.First!.Value is { } first && first != newest)
        {
            EvictedInAll += first.HasExpired(now) || first.IsGivenUp ? 0 : 1;
            GiveUp(first);
        }
    }

    private FragmentBuffer Begin(FragmentKey key, scoped in Packet fragment)
    {
        (IpAddress, IpAddress, Encapsulation) ends = (key.Source, key.Destination, key.Tunnel);
        if (!_pairs.TryGetValue(ends, out FragmentPair? pair))
        {
            pair = new FragmentPair();
            _pairs.Add(ends, pair);
        }

        FragmentBuffer buffer = _spare.TryPop(out FragmentBuffer? spare) ? spare : new FragmentBuffer();
        buffer.Begin(key, pair, fragment.Frame.Ref, fragment.Frame.Time);
        _bytes += buffer.Held;
        pair.Bytes += buffer.Held;
        _datagrams.Add(key, buffer);
        _all.AddLast(buffer.InAll);
        pair.Datagrams.AddLast(buffer.InPair);
        return buffer;
    }

    private void GiveUp(FragmentBuffer buffer)
    {
        if (!buffer.IsGivenUp && !buffer.HasCutPiece)
        {
            FragmentKey key = buffer.Key;
            incomplete?.Invoke(new IncompleteDatagram(key.Source, key.Destination, buffer.Protocol, key.Tunnel, buffer.Facts.First, buffer.Facts.FirstTime));
        }

        Remove(buffer);
        FragmentBuffer? spare = buffer;
        Recycle(ref spare);
    }

    private void Remove(FragmentBuffer buffer)
    {
        FragmentKey key = buffer.Key;
        FragmentPair pair = buffer.Pair;
        _datagrams.Remove(key);
        _bytes -= buffer.Held;
        pair.Bytes -= buffer.Held;
        _all.Remove(buffer.InAll);
        pair.Datagrams.Remove(buffer.InPair);
        if (pair.Datagrams.Count == 0)
        {
            _pairs.Remove((key.Source, key.Destination, key.Tunnel));
        }
    }

    private void Recycle(ref FragmentBuffer? buffer)
    {
        if (buffer is not null && _spare.Count < SpareCount)
        {
            _spare.Push(buffer);
        }

        buffer = null;
    }
}
