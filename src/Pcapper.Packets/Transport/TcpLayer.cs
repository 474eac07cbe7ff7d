using System.Buffers.Binary;

namespace Pcapper.Packets;

/// <summary>TCP (RFC 9293).</summary>
internal static class TcpLayer
{
    private const int SmallestHeader = 20;
    private const int Ports = 4;
    private const int UntilFlags = 14;
    private const TcpFlags Handshake = TcpFlags.Fin | TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Ack;

    // No-operation twice, then a timestamp of ten bytes: what most stacks send (RFC 7323, appendix A).
    private const int UsualOptionsLength = 12;
    private const uint UsualOptions = 0x0101_080A;

    /// <summary>Reads a header; of one cut by the snap length, what is there.</summary>
    public static Step Read(ref Cursor at, ref Packet packet)
    {
        packet.Push(Layer.Tcp);
        if (at.Bytes.Length >= SmallestHeader)
        {
            return ReadFields(at.Bytes[..SmallestHeader], ref at, ref packet);
        }

        at.Has(SmallestHeader, ref packet);
        if (at.Length < SmallestHeader || at.Bytes.Length < Ports)
        {
            return Step.Stop;
        }

        Span<byte> padded = stackalloc byte[SmallestHeader];
        padded.Clear();
        at.Bytes.CopyTo(padded);
        if (at.Bytes.Length >= UntilFlags)
        {
            return ReadFields(padded, ref at, ref packet);
        }

        packet.HasPorts = true;
        packet.SourcePort = BinaryPrimitives.ReadUInt16BigEndian(padded);
        packet.DestinationPort = BinaryPrimitives.ReadUInt16BigEndian(padded[2..]);
        return Step.Stop;
    }

    private static Step ReadFields(scoped ReadOnlySpan<byte> header, ref Cursor at, ref Packet packet)
    {
        ulong first = BinaryPrimitives.ReadUInt64BigEndian(header);
        ulong second = BinaryPrimitives.ReadUInt64BigEndian(header[8..]);
        packet.HasPorts = true;
        packet.SourcePort = (ushort)(first >> 48);
        packet.DestinationPort = (ushort)(first >> 32);
        packet.Sequence = (uint)first;
        packet.Acknowledgment = (uint)(second >> 32);
        packet.Window = (ushort)second;
        packet.UrgentPointer = BinaryPrimitives.ReadUInt16BigEndian(header[18..]);
        var flags = (TcpFlags)(byte)(second >> 16);
        packet.Flags = flags;
        if (IsImpossible(flags & Handshake))
        {
            packet.Anomalies |= Anomalies.BadFlags;
        }

        if (packet.SourcePort == packet.DestinationPort)
        {
            UdpLayer.CheckAddresses(ref packet);
        }

        int headerLength = (int)(second >> 28 & 0x0F) * 4;
        if (headerLength < SmallestHeader || headerLength > at.Length)
        {
            packet.Anomalies |= Anomalies.ShortHeader;
            return Step.Stop;
        }

        if (headerLength > SmallestHeader)
        {
            int captured = Math.Min(headerLength, at.Bytes.Length);
            packet.Options = captured > SmallestHeader ? at.Bytes[SmallestHeader..captured] : default;
            if (captured == headerLength && !IsUsual(packet.Options) && TcpOptions.AreMalformed(packet.Options))
            {
                packet.Anomalies |= Anomalies.BadOptions;
            }
        }

        if (at.Bytes.Length < headerLength)
        {
            at.Bytes = default;
            at.Length -= headerLength;
        }
        else
        {
            at.Advance(headerLength);
        }

        return at.Finish(ref packet);
    }

    private static bool IsUsual(ReadOnlySpan<byte> options)
        => options.Length == UsualOptionsLength && BinaryPrimitives.ReadUInt32BigEndian(options) == UsualOptions;

    private static bool IsImpossible(TcpFlags flags) => flags
        is TcpFlags.None or TcpFlags.Fin || (flags & TcpFlags.Syn) != 0 && (flags & (TcpFlags.Fin | TcpFlags.Rst)) != 0;
}
