namespace Pcapper.Modules.Protocols.Http2;

/// <summary>The fields that header blocks refer to by number (RFC 7541, 2.3).</summary>
internal sealed class HpackTable
{
    private const int DefaultSize = 4096;
    private const int MaxSize = 64 * 1024;
    private const int EntryOverhead = 32;   // RFC 7541, 4.1

    private readonly Queue<int> _sizes = new();
    private readonly List<(string Name, string Value)> _entries = [];
    private int _size;
    private int _limit = DefaultSize;
    private int _dropped;

    // RFC 7541, appendix A.
    private static readonly (string Name, string Value)[] s_static =
    [
        (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"), (":scheme", "http"), (":scheme", "https"), (":status", "200"), (":status", "204"),
        (":status", "206"), (":status", "304"), (":status", "400"), (":status", "404"), (":status", "500"), ("accept-charset", ""), ("accept-encoding", "gzip, deflate"), ("accept-language", ""),
        ("accept-ranges", ""), ("accept", ""), ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""), ("cache-control", ""), ("content-disposition", ""),
        ("content-encoding", ""), ("content-language", ""), ("content-length", ""), ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""), ("date", ""), ("etag", ""),
        ("expect", ""), ("expires", ""), ("from", ""), ("host", ""), ("if-match", ""), ("if-modified-since", ""), ("if-none-match", ""), ("if-range", ""), ("if-unmodified-since", ""),
        ("last-modified", ""), ("link", ""), ("location", ""), ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""), ("referer", ""), ("refresh", ""),
        ("retry-after", ""), ("server", ""), ("set-cookie", ""), ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""), ("via", ""), ("www-authenticate", ""),
    ];

    /// <summary>Gets a field by its number from 1; returns false if there is none.</summary>
    public bool TryGet(long index, out (string Name, string Value) field)
    {
        field = default;
        if (index is <= 0 or > MaxSize)
        {
            return false;
        }

        if (index <= s_static.Length)
        {
            field = s_static[index - 1];
            return true;
        }

        long at = _entries.Count - (index - s_static.Length);
        if (at < _dropped)
        {
            return false;
        }

        field = _entries[(int)at];
        return true;
    }

    /// <summary>Adds a field; its size is that of its octets on the wire.</summary>
    public void Add(string name, string value, int octets)
    {
        int size = octets + EntryOverhead;
        Shrink(_limit - size);
        if (size <= _limit)
        {
            _entries.Add((name, value));
            _sizes.Enqueue(size);
            _size += size;
        }
    }

    /// <summary>Changes how large the table may get; returns false if that is more than this decoder grants.</summary>
    public bool TryResize(long limit)
    {
        if (limit > MaxSize)
        {
            return false;
        }

        _limit = (int)limit;
        Shrink(_limit);
        return true;
    }

    private void Shrink(int limit)
    {
        while (_size > limit && _sizes.TryDequeue(out int oldest))
        {
            _size -= oldest;
            _entries[_dropped++] = default;
        }

        // Dropped entries stay in front of the list until they are the most of it, so that dropping costs nothing each time.
        if (_dropped > 64 && _dropped > _entries.Count / 2)
        {
            _entries.RemoveRange(0, _dropped);
            _dropped = 0;
        }
    }
}
