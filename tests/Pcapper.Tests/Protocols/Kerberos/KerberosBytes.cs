using System.Buffers.Binary;
using System.Formats.Asn1;

namespace Pcapper.Tests.Protocols.Kerberos;

/// <summary>Builds Kerberos messages (RFC 4120, 5).</summary>
internal static class KerberosBytes
{
    public const string Realm = "EXAMPLE.COM";

    public static byte[] Sequence(params byte[][] fields) => Tagged(Asn1Tag.Sequence, fields);

    public static byte[] Context(int number, params byte[][] content) => Tagged(new Asn1Tag(TagClass.ContextSpecific, number, true), content);

    public static byte[] Application(int number, params byte[][] content) => Tagged(new Asn1Tag(TagClass.Application, number, true), content);

    public static byte[] Number(long value) => Write(w => w.WriteInteger(value));

    public static byte[] Text(string text) => Write(w => w.WriteCharacterString(UniversalTagNumber.IA5String, text));

    public static byte[] Octets(params byte[] bytes) => Write(w => w.WriteOctetString(bytes));

    public static byte[] Flags(uint flags)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, flags);
        return Write(w => w.WriteBitString(bytes));
    }

    public static byte[] Time(string text) => Write(w => w.WriteGeneralizedTime(DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture), omitFractionalSeconds: true));

    public static byte[] Name(string name) => Sequence(Context(0, Number(1)), Context(1, Sequence([.. name.Split('/').Select(Text)])));

    public static byte[] Cipher(int encryption, params byte[] bytes) => Sequence(Context(0, Number(encryption)), Context(1, Number(2)), Context(2, Octets(bytes)));

    public static byte[] Ticket(string service, int encryption) => Application(
        1, Sequence(Context(0, Number(5)), Context(1, Text(Realm)), Context(2, Name(service)), Context(3, Cipher(encryption, 0xCA, 0xFE))));

    public static byte[] Padata(int type, byte[] value) => Sequence(Context(1, Number(type)), Context(2, Octets(value)));

    public static byte[] EncryptedTimestamp(int encryption) => Padata(2, Cipher(encryption, 0xAA, 0xBB, 0xCC));

    public static byte[] ApRequest(string service, int encryption) => Application(
        14, Sequence(Context(0, Number(5)), Context(1, Number(14)), Context(2, Flags(0x2000_0000)), Context(3, Ticket(service, encryption)), Context(4, Cipher(encryption, 1, 2))));

    public static byte[] AsRequest(string client, int[] encryptions, params byte[][] padata) => Request(10, client, "krbtgt/EXAMPLE.COM", encryptions, 0x4081_0010, padata);

    public static byte[] TgsRequest(string service, int[] encryptions, int ticket = 18, params byte[][] padata)
        => Request(12, null, service, encryptions, 0x4081_0000, [Padata(1, ApRequest("krbtgt/EXAMPLE.COM", ticket)), .. padata]);

    public static byte[] Request(int type, string? client, string service, int[] encryptions, uint options, params byte[][] padata) => Application(
        type,
        Sequence(
            Context(1, Number(5)), Context(2, Number(type)), padata.Length == 0 ? [] : Context(3, Sequence(padata)),
            Context(4, Sequence(
                Context(0, Flags(options)), client is null ? [] : Context(1, Name(client)), Context(2, Text(Realm)), Context(3, Name(service)),
                Context(5, Time("2037-09-13T02:48:05Z")), Context(7, Number(client is null ? service.Length + 77 : client.Length + encryptions.Length)),
                Context(8, Sequence([.. encryptions.Select(e => Number(e))]))))));

    public static byte[] Reply(int type, string client, string service, int ticket, int part) => Application(
        type,
        Sequence(
            Context(0, Number(5)), Context(1, Number(type)), Context(3, Text(Realm)), Context(4, Name(client)), Context(5, Ticket(service, ticket)), Context(6, Cipher(part, 0xDD, 0xEE))));

    public static byte[] Error(int code, string service = "krbtgt/EXAMPLE.COM", byte[]? data = null, string? text = null) => Application(
        30,
        Sequence(
            Context(0, Number(5)), Context(1, Number(30)), Context(4, Time("2026-01-01T00:00:00Z")), Context(5, Number(0)), Context(6, Number(code)),
            Context(9, Text(Realm)), Context(10, Name(service)), text is null ? [] : Context(11, Text(text)), data is null ? [] : Context(12, Octets(data))));

    public static byte[] Stream(byte[] message) => [0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message];

    private static byte[] Tagged(Asn1Tag tag, byte[][] parts) => Write(w =>
    {
        using (w.PushSequence(tag))
        {
            foreach (byte[] part in parts.Where(p => p.Length > 0))
            {
                w.WriteEncodedValue(part);
            }
        }
    });

    private static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        write(writer);
        return writer.Encode();
    }
}
