using System.Formats.Asn1;

namespace Pcapper.Tests.Protocols.Ldap;

/// <summary>Builds LDAP messages (RFC 4511, 4).</summary>
internal static class LdapBytes
{
    public static byte[] Message(int id, byte[] operation) => Sequence(Number(id), operation);

    public static byte[] Bind(int id, string name, string password) => Message(id, Application(0, Number(3), Text(name), Context(0, Plain(password))));

    public static byte[] SaslBind(int id, string mechanism, params byte[] token) => Message(id, Application(0, Number(3), Text(""), Tagged(new Asn1Tag(TagClass.ContextSpecific, 3, true), Text(mechanism), Octets(token))));

    public static byte[] Result(int id, int operation, int code, string message = "", params byte[][] more) => Message(id, Application(operation, [Enumerated(code), Text(""), Text(message), .. more]));

    public static byte[] Search(int id, string start, int scope, byte[] filter, params string[] attributes)
        => Message(id, Application(3, Text(start), Enumerated(scope), Enumerated(0), Number(0), Number(0), Boolean(false), filter, Sequence([.. attributes.Select(Text)])));

    public static byte[] Entry(int id, string name, params (string Name, byte[] Value)[] attributes)
        => Message(id, Application(4, Text(name), Sequence([.. attributes.Select(a => Sequence(Text(a.Name), SetOf(Octets(a.Value))))])));

    public static byte[] Modify(int id, string name, string attribute, string value)
        => Message(id, Application(6, Text(name), Sequence(Sequence(Enumerated(2), Sequence(Text(attribute), SetOf(Text(value)))))));

    public static byte[] Extended(int id, string identifier) => Message(id, Application(23, Context(0, Plain(identifier))));

    public static byte[] Unbind(int id) => Message(id, [0x42, 0]);

    public static byte[] Equality(string attribute, string value) => Tagged(new Asn1Tag(TagClass.ContextSpecific, 3, true), Text(attribute), Text(value));

    public static byte[] Present(string attribute) => Context(7, Plain(attribute));

    public static byte[] Both(params byte[][] filters) => Tagged(new Asn1Tag(TagClass.ContextSpecific, 0, true), filters);

    public static byte[] Either(params byte[][] filters) => Tagged(new Asn1Tag(TagClass.ContextSpecific, 1, true), filters);

    public static byte[] Not(byte[] filter) => Tagged(new Asn1Tag(TagClass.ContextSpecific, 2, true), filter);

    public static byte[] Sequence(params byte[][] parts) => Tagged(Asn1Tag.Sequence, parts);

    public static byte[] Application(int number, params byte[][] parts) => Tagged(new Asn1Tag(TagClass.Application, number, true), parts);

    public static byte[] Tagged(Asn1Tag tag, params byte[][] parts) => Write(w =>
    {
        using (w.PushSequence(tag))
        {
            foreach (byte[] part in parts)
            {
                w.WriteEncodedValue(part);
            }
        }
    });

    public static byte[] SetOf(byte[] value) => Write(w =>
    {
        using (w.PushSetOf())
        {
            w.WriteEncodedValue(value);
        }
    });

    public static byte[] Context(int number, byte[] content) => Write(w => w.WriteOctetString(content, new Asn1Tag(TagClass.ContextSpecific, number)));

    public static byte[] Number(long value) => Write(w => w.WriteInteger(value));

    public static byte[] Boolean(bool value) => Write(w => w.WriteBoolean(value));

    public static byte[] Octets(byte[] bytes) => Write(w => w.WriteOctetString(bytes));

    public static byte[] Text(string text) => Octets(Plain(text));

    public static byte[] Enumerated(int value) => [0x0A, 1, (byte)value];

    public static byte[] Plain(string text) => System.Text.Encoding.Latin1.GetBytes(text);

    private static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        write(writer);
        return writer.Encode();
    }
}
