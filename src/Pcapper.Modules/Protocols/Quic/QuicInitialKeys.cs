using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Quic;

/// <summary>
/// The keys of Initial packets, which anyone can make from the client's first connection identifier (RFC 9001, 5.2): they protect against
/// accidents, not against readers.
/// </summary>
internal sealed class QuicInitialKeys
{
    private const int SampleLength = 16;
    private const int TagLength = 16;
    private const int MaxNumber = 4;

    private readonly byte[][] _keys = new byte[2][];
    private readonly byte[][] _vectors = new byte[2][];
    private readonly byte[][] _headerKeys = new byte[2][];

    /// <summary>Initializes a new instance of the <see cref="QuicInitialKeys"/> class.</summary>
    /// <param name="version">The version.</param>
    /// <param name="destination">The destination connection identifier of the client's first Initial packet.</param>
    public QuicInitialKeys(uint version, ReadOnlySpan<byte> destination)
    {
        string prefix = version == QuicVersions.V2 ? "quicv2 " : "quic ";
        byte[] initial = HKDF.Extract(HashAlgorithmName.SHA256, destination.ToArray(), QuicVersions.Salt(version).ToArray());
        foreach (Direction sender in (Direction[])[Direction.ToResponder, Direction.ToOriginator])
        {
            byte[] secret = Expand(initial, sender == Direction.ToResponder ? "client in" : "server in", 32);
            _keys[(int)sender] = Expand(secret, prefix + "key", 16);
            _vectors[(int)sender] = Expand(secret, prefix + "iv", 12);
            _headerKeys[(int)sender] = Expand(secret, prefix + "hp", 16);
        }
    }

    /// <summary>Removes the protection of an Initial packet; null if these are not its keys.</summary>
    /// <param name="sender">Who sent it: the client counts as the originator.</param>
    /// <param name="packet">The whole packet.</param>
    /// <param name="numberOffset">Where the packet number is.</param>
    public byte[]? Open(Direction sender, ReadOnlySpan<byte> packet, int numberOffset)
    {
        if (packet.Length < numberOffset + MaxNumber + SampleLength)
        {
            return null;
        }

        // RFC 9001, 5.4: the sample is taken as if the number had four bytes.
        Span<byte> mask = stackalloc byte[SampleLength];
        using (Aes aes = Aes.Create())
        {
            aes.Key = _headerKeys[(int)sender];
            aes.EncryptEcb(packet.Slice(numberOffset + MaxNumber, SampleLength), mask, PaddingMode.None);
        }

        byte first = (byte)(packet[0] ^ (mask[0] & 0x0F));
        int numberLength = (first & 3) + 1;
        int headerLength = numberOffset + numberLength;
        if (packet.Length < headerLength + TagLength)
        {
            return null;
        }

        byte[] header = packet[..headerLength].ToArray();
        header[0] = first;
        uint number = 0;
        for (int i = 0; i < numberLength; i++)
        {
            header[numberOffset + i] ^= mask[1 + i];
            number = (number << 8) | header[numberOffset + i];
        }

        Span<byte> nonce = stackalloc byte[12];
        _vectors[(int)sender].CopyTo(nonce);
        Span<byte> low = nonce[8..];
        BinaryPrimitives.WriteUInt32BigEndian(low, BinaryPrimitives.ReadUInt32BigEndian(low) ^ number);
        return Decrypt(sender, nonce, header, packet[headerLength..]);
    }

    private static byte[] Expand(byte[] secret, string label, int length)
    {
        // RFC 8446, 7.1: HKDF-Expand-Label with an empty context.
        byte[] name = Encoding.ASCII.GetBytes("tls13 " + label);
        byte[] info = [(byte)(length >> 8), (byte)length, (byte)name.Length, .. name, 0];
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, length, info);
    }

    private byte[]? Decrypt(Direction sender, ReadOnlySpan<byte> nonce, byte[] header, ReadOnlySpan<byte> payload)
    {
        byte[] clear = new byte[payload.Length - TagLength];
        using var gcm = new AesGcm(_keys[(int)sender], TagLength);
        try
        {
            gcm.Decrypt(nonce, payload[..^TagLength], payload[^TagLength..], clear, header);
            return clear;
        }
        catch (AuthenticationTagMismatchException)
        {
            // The library tells that a packet is not protected with this key only by exception.
            return null;
        }
    }
}
