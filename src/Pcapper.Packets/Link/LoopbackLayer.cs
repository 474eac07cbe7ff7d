using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>BSD loopback: an address family, in the byte order of the capturing host or of the network.</summary>
internal static class LoopbackLayer
{
    private const int Length = 4;

    /// <summary>Reads a header. Families are small, so the byte order shows; some devices write PPP or Cisco's HDLC instead.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        if (at.Bytes is [0x0F or 0x8F, 0x00, ..] or [0xFF, 0x03, ..])
        {
            return Step.Ppp;
        }

        packet.Push(Layer.Loopback);
        if (!at.Has(Length, ref packet))
        {
            return Step.Stop;
        }

        uint family = BinaryPrimitives.ReadUInt32BigEndian(at.Bytes);
        family = Math.Min(family, BinaryPrimitives.ReverseEndianness(family));
        at.Advance(Length);
        return family switch
        {
            2 => Step.IPv4,
            10 or 24 or 28 or 30 => Step.IPv6,   // Linux; NetBSD and OpenBSD; FreeBSD; Darwin
            _ => Step.Other,
        };
    }
}
