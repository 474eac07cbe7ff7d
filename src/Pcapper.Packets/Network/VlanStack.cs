using System.Runtime.CompilerServices;

namespace Pcapper.Packets;

/// <summary>The VLAN tags of a frame, outermost first: tag control information (PCP, DEI, VID) and the tag's protocol.</summary>
public struct VlanStack : IEquatable<VlanStack>
{
    private ulong _tags;
    private byte _count;
    private byte _service;

    /// <summary>Gets how many tags there are.</summary>
    public readonly int Count => _count;

    /// <summary>Gets the VLAN identifiers packed for use as a key: count in the top byte of <c>High</c>, then S-tag bits; tags in <c>Low</c>.</summary>
    public readonly (ulong Low, ushort High) Packed => (_tags, (ushort)((_count << 8) | _service));

    /// <summary>Gets the 12-bit identifier of a tag.</summary>
    public readonly int Id(int index) => Tag(index) & 0xFFF;

    /// <summary>Gets the 3-bit priority of a tag.</summary>
    public readonly int Priority(int index) => Tag(index) >> 13;

    /// <summary>Gets a value indicating whether the tag's frame may be dropped first.</summary>
    public readonly bool DropEligible(int index) => (Tag(index) & 0x1000) != 0;

    /// <summary>Gets a value indicating whether the tag is a service tag (802.1ad) rather than a customer tag (802.1Q).</summary>
    public readonly bool IsServiceTag(int index) => (_service & (1 << index)) != 0;

    /// <summary>Adds the next inner tag; returns false when there are <see cref="Limits.VlanTags"/> already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Push(ushort tag, bool service)
    {
        if (_count == Limits.VlanTags)
        {
            return false;
        }

        _tags |= (ulong)tag << (16 * _count);
        if (service)
        {
            _service |= (byte)(1 << _count);
        }

        _count++;
        return true;
    }

    /// <inheritdoc/>
    public readonly bool Equals(VlanStack other) => _tags == other._tags && _count == other._count && _service == other._service;

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is VlanStack other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => (int)StableHash.Mix(_tags ^ ((ulong)_count << 56));

    private readonly int Tag(int index) => (int)((_tags >> (16 * index)) & 0xFFFF);
}
