using System.Buffers.Binary;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// Loads what <see cref="StateWriter"/> stored, from bytes that may be damaged: it never throws. Reading past the end or over a bound
/// yields zeros and sets <see cref="Failed"/>, which stays set.
/// </summary>
/// <param name="bytes">The stored bytes.</param>
public ref struct StateReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxText = 1 << 20;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Gets a value indicating whether the input made no sense.</summary>
    public bool Failed { get; private set; }

    /// <summary>Gets how many bytes were not read yet.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>Declares the input damaged, when a value read makes no sense.</summary>
    public void Fail()
    {
        Failed = true;
        _rest = default;
    }

    /// <summary>Reads a number.</summary>
    public long Number()
    {
        ulong value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads a number within bounds; anything else fails and yields the lower bound.</summary>
    public int Number(int minimum, int maximum)
    {
        long value = Number();
        if (value < minimum || value > maximum)
        {
            Fail();
            return minimum;
        }

        return (int)value;
    }

    /// <summary>Reads a number that is never negative.</summary>
    public ulong Unsigned()
    {
        ulong value = 0;
        for (int i = 0; i < _rest.Length && i < 10; i++)
        {
            byte b = _rest[i];
            if (i == 9 && b > 1)
            {
                break;
            }

            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        Fail();
        return 0;
    }

    /// <summary>Reads how many items follow; fails if there cannot be that many, so it may size an allocation.</summary>
    /// <param name="bytesEach">The fewest bytes that an item takes.</param>
    /// <param name="maximum">The most items allowed.</param>
    public int Length(int bytesEach = 1, int maximum = int.MaxValue)
    {
        ulong value = Unsigned();
        if (value > (ulong)maximum || value > (ulong)(_rest.Length / Math.Max(1, bytesEach)))
        {
            Fail();
            return 0;
        }

        return (int)value;
    }

    /// <summary>Reads eight bytes as a number.</summary>
    public ulong Fixed64() => Take(sizeof(ulong)) is { Length: sizeof(ulong) } span ? BinaryPrimitives.ReadUInt64LittleEndian(span) : 0;

    /// <summary>Reads yes or no.</summary>
    public bool Flag()
    {
        ulong value = Unsigned();
        if (value > 1)
        {
            Fail();
        }

        return value == 1;
    }

    /// <summary>Reads a text.</summary>
    public string Text()
    {
        int length = Length(1, MaxText);
        if (length == 0)
        {
            return string.Empty;
        }

        var characters = new char[length];
        for (int i = 0; i < length; i++)
        {
            ulong c = Unsigned();
            if (c > char.MaxValue)
            {
                Fail();
            }

            characters[i] = (char)c;
        }

        return Failed ? string.Empty : new string(characters);
    }

    /// <summary>Reads an address.</summary>
    public IpAddress Address()
    {
        ReadOnlySpan<byte> length = Take(1);
        if (length is not [4 or 16])
        {
            Fail();
            return default;
        }

        ReadOnlySpan<byte> address = Take(length[0]);
        return Failed ? default : IpAddress.FromBytes(address);
    }

    /// <summary>Reads a link address.</summary>
    public MacAddress Mac()
    {
        ulong value = Unsigned();
        if (value >> 48 != 0)
        {
            Fail();
            return default;
        }

        return new MacAddress(value);
    }

    /// <summary>Reads a time.</summary>
    public Timestamp Time() => new(Number());

    /// <summary>Reads a reference to a frame.</summary>
    public FrameRef Frame() => new(Number(0, int.MaxValue), Number());

    /// <summary>Reads bytes; the result lives as long as the input.</summary>
    public ReadOnlySpan<byte> Bytes() => Take(Length());

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            Fail();
            return default;
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
