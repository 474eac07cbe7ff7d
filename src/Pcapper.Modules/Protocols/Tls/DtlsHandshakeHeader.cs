using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tls;

/// <summary>The twelve bytes in front of a piece of a DTLS handshake message (RFC 6347, 4.2.2).</summary>
/// <param name="Type">The kind of message.</param>
/// <param name="Length">The length of the whole message.</param>
/// <param name="Sequence">The message's number, the same for all pieces and when sent again.</param>
/// <param name="Offset">Where the piece begins.</param>
/// <param name="PieceLength">How long the piece is.</param>
internal readonly record struct DtlsHandshakeHeader(TlsHandshakeType Type, int Length, ushort Sequence, int Offset, int PieceLength)
{
    private const int Size = 12;

    /// <summary>Reads one; check the reader for an overrun.</summary>
    public static DtlsHandshakeHeader Read(ref WireReader reader) => new((TlsHandshakeType)reader.U8(), reader.U24(), reader.U16(), reader.U24(), reader.U24());

    /// <summary>Tells whether the piece fits in its message and in what is left of its record.</summary>
    public bool IsPlausible(int left) => Length <= HandshakeBuffer.MaxMessage && Offset + PieceLength <= Length && PieceLength <= left - Size;
}
