using System.Formats.Asn1;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>What the pre-authentication data of one message says (RFC 4120, 5.2.7; MS-KILE, 2.2; MS-SFU, 2.2).</summary>
internal sealed class KerberosPreAuthentication
{
    private const int TgsRequest = 1;
    private const int EncryptedTimestamp = 2;
    private const int ExtendedError = 3;
    private const int EtypeInfo = 11;
    private const int EtypeInfo2 = 19;
    private const int PacRequest = 128;
    private const int ForUserType = 129;
    private const int ForX509User = 130;
    private const int PacOptionsType = 167;

    public List<int> Types { get; } = [];

    public List<KerberosSalt> Salts { get; private set; } = [];

    public KerberosCipher? Timestamp { get; private set; }

    public KerberosTicket? Ticket { get; private set; }

    public string? ForUser { get; private set; }

    public string? ForUserRealm { get; private set; }

    public bool? WantsPac { get; private set; }

    public uint? PacOptions { get; private set; }

    public uint? Status { get; private set; }

    /// <summary>Reads a sequence of PA-DATA.</summary>
    public void Read(ReadOnlySpan<byte> sequence)
    {
        var items = new DerReader(KerberosFields.Sequence(sequence));
        while (items.HasMore && Types.Count < KerberosFields.MaxItems)
        {
            ReadItem(items.Next(UniversalTagNumber.Sequence));
        }
    }

    /// <summary>Reads the data of an error: METHOD-DATA (RFC 4120, 5.9.1), or one KERB-ERROR-DATA (MS-KILE, 2.2.1), which looks like one of its items.</summary>
    public void ReadErrorData(ReadOnlySpan<byte> octets)
    {
        ReadOnlySpan<byte> content = KerberosFields.Sequence(octets);
        var first = new DerReader(content);
        if (first.Next().Context < 0)
        {
            Read(octets);
        }
        else
        {
            ReadItem(content);
            Types.Clear();
        }
    }

    // Microsoft's own extended error: status, reserved, flags, little-endian.
    private static uint? ReadStatus(ReadOnlySpan<byte> value)
    {
        var reader = new WireReader(value);
        uint status = reader.U32Little();
        reader.Skip(8);
        return reader.Overrun ? null : status;
    }

    private void ReadItem(ReadOnlySpan<byte> item)
    {
        long? type = null;
        ReadOnlySpan<byte> value = default;
        var fields = new DerReader(item);
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            switch (field.Context)
            {
                case 1:
                    type = KerberosFields.Number(field.Content);
                    break;
                case 2:
                    value = KerberosFields.Octets(field.Content);
                    break;
            }
        }

        if (type is not { } number || number != (int)number)
        {
            return;
        }

        Types.Add((int)number);
        switch (number)
        {
            case TgsRequest:
                Ticket = KerberosReader.ReadAccess(value)?.Ticket;
                break;
            case EncryptedTimestamp:
                Timestamp = KerberosFields.Cipher(value);
                break;
            case ExtendedError:
                Status = ReadStatus(value);
                break;
            case EtypeInfo2:
                Salts = ReadSalts(value);
                break;
            case EtypeInfo when Salts.Count == 0:
                Salts = ReadSalts(value);
                break;
            case PacRequest:
                WantsPac = ReadFlag(value);
                break;
            case ForUserType:
                ReadForUser(KerberosFields.Sequence(value), nameField: 0, realmField: 1);
                break;
            case ForX509User when ForUser is null:
                ReadForX509User(value);
                break;
            case PacOptionsType:
                PacOptions = ReadOptions(value);
                break;
        }
    }

    private static List<KerberosSalt> ReadSalts(ReadOnlySpan<byte> value)
    {
        List<KerberosSalt> salts = [];
        var entries = new DerReader(KerberosFields.Sequence(value));
        while (entries.HasMore && salts.Count < KerberosFields.MaxItems)
        {
            long? encryption = null;
            string? salt = null;
            var fields = new DerReader(entries.Next(UniversalTagNumber.Sequence));
            while (fields.HasMore)
            {
                DerElement field = fields.Next();
                switch (field.Context)
                {
                    case 0:
                        encryption = KerberosFields.Number(field.Content);
                        break;
                    case 1:
                        salt = KerberosFields.Text(field.Content);
                        break;
                }
            }

            if (encryption is { } number && number == (int)number)
            {
                salts.Add(new KerberosSalt((int)number, salt));
            }
        }

        return salts;
    }

    // KERB-PA-PAC-REQUEST (MS-KILE, 2.2.3)
    private static bool? ReadFlag(ReadOnlySpan<byte> value)
    {
        var fields = new DerReader(KerberosFields.Sequence(value));
        var inner = new DerReader(fields.TryNextContext(0, out ReadOnlySpan<byte> wrapped) ? wrapped : default);
        return inner.TryNext(UniversalTagNumber.Boolean, out ReadOnlySpan<byte> flag) && flag.Length == 1 ? flag[0] != 0 : null;
    }

    private static uint? ReadOptions(ReadOnlySpan<byte> value)
    {
        var fields = new DerReader(KerberosFields.Sequence(value));
        return fields.TryNextContext(0, out ReadOnlySpan<byte> wrapped) ? KerberosFields.Flags(wrapped) : null;
    }

    // PA-S4U-X509-USER (MS-SFU, 2.2.2): the name is optional, a certificate may stand for it.
    private void ReadForX509User(ReadOnlySpan<byte> value)
    {
        var fields = new DerReader(KerberosFields.Sequence(value));
        if (fields.TryNextContext(0, out ReadOnlySpan<byte> identity))
        {
            ReadForUser(KerberosFields.Sequence(identity), nameField: 1, realmField: 2);
            ForUser ??= "(by certificate)";
        }
    }

    private void ReadForUser(ReadOnlySpan<byte> sequence, int nameField, int realmField)
    {
        var fields = new DerReader(sequence);
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            if (field.Context == nameField)
            {
                ForUser = KerberosFields.Name(field.Content);
            }
            else if (field.Context == realmField)
            {
                ForUserRealm = KerberosFields.Text(field.Content);
            }
        }
    }
}
