using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Pcapper.Tests.Building;

/// <summary>
/// Builds a database in MaxMind's format (MaxMind DB File Format Specification, version 2.0): a binary tree over the bits of addresses,
/// the records it leads to, and metadata. Records are dictionaries of texts, numbers and dictionaries.
/// </summary>
public sealed class AddressDatabaseBuilder(int ipVersion = 6)
{
    private const int RecordBytes = 4;
    private const int Separator = 16;
    private static readonly byte[] s_marker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    // For each node two entries: 0 is nothing, above 0 another node, below 0 a record.
    private readonly List<int[]> _nodes = [new int[2]];
    private readonly List<byte> _data = [];
    private readonly Dictionary<string, int> _records = new(StringComparer.Ordinal);

    /// <summary>Adds a network: <c>203.0.113.0/24</c>.</summary>
    public AddressDatabaseBuilder Network(string network, Dictionary<string, object> record)
    {
        string[] parts = network.Split('/');
        return Network(IPAddress.Parse(parts[0]).GetAddressBytes(), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), record);
    }

    /// <summary>Adds all addresses from one to another, both IPv4.</summary>
    public AddressDatabaseBuilder Range(uint from, uint to, Dictionary<string, object> record)
    {
        for (ulong at = from; at <= to;)
        {
            int bits = Math.Min(BitOperations(at), 63 - (int)ulong.LeadingZeroCount(to - at + 1));
            byte[] bytes = new byte[4];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)at);
            Network(bytes, 32 - bits, record);
            at += 1ul << bits;
        }

        return this;

        static int BitOperations(ulong value) => value == 0 ? 32 : (int)Math.Min(32, ulong.TrailingZeroCount(value));
    }

    /// <summary>Adds a network to a record that is written as it is.</summary>
    public AddressDatabaseBuilder Raw(string network, byte[] record)
    {
        string[] parts = network.Split('/');
        int offset = _data.Count;
        _data.AddRange(record);
        Insert(IPAddress.Parse(parts[0]).GetAddressBytes(), int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture), offset);
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes(string type = "Test-City")
    {
        using var file = new MemoryStream();
        Span<byte> number = stackalloc byte[RecordBytes];
        foreach (int[] node in _nodes)
        {
            foreach (int entry in node)
            {
                BinaryPrimitives.WriteUInt32BigEndian(number, entry > 0 ? (uint)entry : entry == 0 ? (uint)_nodes.Count : (uint)(_nodes.Count + Separator + (-entry - 1)));
                file.Write(number);
            }
        }

        file.Write(new byte[Separator]);
        file.Write([.. _data]);
        file.Write(s_marker);
        Write(file, new Dictionary<string, object>
        {
            ["binary_format_major_version"] = (ushort)2,
            ["binary_format_minor_version"] = (ushort)0,
            ["build_epoch"] = 1_767_225_600ul,
            ["database_type"] = type,
            ["description"] = new Dictionary<string, object> { ["en"] = "built for tests" },
            ["ip_version"] = (ushort)ipVersion,
            ["languages"] = new object[] { "en" },
            ["node_count"] = (uint)_nodes.Count,
            ["record_size"] = (ushort)(RecordBytes * 8),
        });
        return file.ToArray();
    }

    /// <summary>Writes the file.</summary>
    public string ToFile(string path)
    {
        File.WriteAllBytes(path, ToBytes());
        return path;
    }

    private AddressDatabaseBuilder Network(byte[] address, int length, Dictionary<string, object> record)
    {
        using var bytes = new MemoryStream();
        Write(bytes, record);
        string key = Convert.ToHexString(bytes.ToArray());
        if (!_records.TryGetValue(key, out int offset))
        {
            _records.Add(key, offset = _data.Count);
            _data.AddRange(bytes.ToArray());
        }

        Insert(address, length, offset);
        return this;
    }

    private void Insert(byte[] address, int length, int offset)
    {
        if (address.Length == 4 && ipVersion == 6)
        {
            // IPv4 lies in ::/96.
            address = [.. new byte[12], .. address];
            length += 96;
        }

        int node = 0;
        for (int bit = 0; bit < length; bit++)
        {
            int side = (address[bit / 8] >> (7 - (bit % 8))) & 1;
            if (bit == length - 1)
            {
                _nodes[node][side] = -offset - 1;
                return;
            }

            if (_nodes[node][side] <= 0)
            {
                int[] fresh = [_nodes[node][side], _nodes[node][side]];
                _nodes[node][side] = _nodes.Count;
                _nodes.Add(fresh);
            }

            node = _nodes[node][side];
        }
    }

    private static void Write(Stream output, object value)
    {
        switch (value)
        {
            case string text:
                byte[] utf8 = Encoding.UTF8.GetBytes(text);
                Control(output, 2, utf8.Length);
                output.Write(utf8);
                break;
            case ushort number:
                Number(output, 5, number, 2);
                break;
            case uint number:
                Number(output, 6, number, 4);
                break;
            case ulong number:
                Number(output, 9, number, 8);
                break;
            case Dictionary<string, object> map:
                Control(output, 7, map.Count);
                foreach ((string key, object item) in map)
                {
                    Write(output, key);
                    Write(output, item);
                }

                break;
            case object[] list:
                Control(output, 11, list.Length);
                Array.ForEach(list, item => Write(output, item));
                break;
            default:
                throw new ArgumentException($"no such type: {value.GetType()}", nameof(value));
        }
    }

    private static void Number(Stream output, int type, ulong value, int bytes)
    {
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(number, value);
        Control(output, type, bytes);
        output.Write(number[(8 - bytes)..]);
    }

    private static void Control(Stream output, int type, int size)
    {
        int small = size < 29 ? size : size < 285 ? 29 : 30;
        output.WriteByte((byte)(((type < 8 ? type : 0) << 5) | small));
        if (type >= 8)
        {
            output.WriteByte((byte)(type - 7));
        }

        if (small == 29)
        {
            output.WriteByte((byte)(size - 29));
        }
        else if (small == 30)
        {
            output.WriteByte((byte)((size - 285) >> 8));
            output.WriteByte((byte)(size - 285));
        }
    }
}
