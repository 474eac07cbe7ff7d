using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Reads Kerberos messages (RFC 4120, 5.4 to 5.9), from a flow of their own or out of what carries them. Never throws.</summary>
public static class KerberosReader
{
    /// <summary>Gets the type that the first bytes declare, by application tag and the message's own field; null if they are no Kerberos message, or too few.</summary>
    public static KerberosMessageType? TypeOf(ReadOnlySpan<byte> bytes) => TypeOf(bytes, out _);

    /// <summary>Reads a request; null if the bytes are none.</summary>
    public static KerberosRequest? ReadRequest(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        KerberosMessageType? type = TypeOf(bytes);
        return type switch
        {
            KerberosMessageType.AsRequest or KerberosMessageType.TgsRequest => ReadTicketRequest(Content(bytes), type.Value, frame, time),
            KerberosMessageType.ApRequest when ReadAccess(bytes) is { } access => new KerberosRequest
            {
                Frame = frame,
                Time = time,
                Type = KerberosMessageType.ApRequest,
                Realm = access.Ticket.Realm,
                Service = access.Ticket.Service,
                Options = access.Options,
                Ticket = access.Ticket,
            },
            _ => null,
        };
    }

    /// <summary>Reads a reply or an error; null if the bytes are none.</summary>
    public static KerberosReply? ReadReply(ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time) => TypeOf(bytes) switch
    {
        KerberosMessageType.AsReply => ReadTicketReply(Content(bytes), KerberosMessageType.AsReply, frame, time),
        KerberosMessageType.TgsReply => ReadTicketReply(Content(bytes), KerberosMessageType.TgsReply, frame, time),
        KerberosMessageType.ApReply => ReadAccessReply(Content(bytes), frame, time),
        KerberosMessageType.Error => ReadError(Content(bytes), frame, time),
        _ => null,
    };

    internal static bool IsRequest(KerberosMessageType type)
        => type is KerberosMessageType.AsRequest or KerberosMessageType.TgsRequest or KerberosMessageType.ApRequest;

    // What is wrong with the type: nothing yet (too few bytes), or everything.
    internal static KerberosMessageType? TypeOf(ReadOnlySpan<byte> bytes, out bool isCut)
    {
        var reader = new WireReader(bytes);
        int tag = reader.U8();
        isCut = bytes.IsEmpty;
        if (isCut || tag is not (0x6A or 0x6B or 0x6C or 0x6D or 0x6E or 0x6F or 0x7E))
        {
            return null;
        }

        int length = ReadLength(ref reader);
        int sequence = reader.U8();
        int inner = ReadLength(ref reader);
        isCut = reader.Overrun;
        if (isCut || sequence != 0x30 || inner < 0 || inner >= length)
        {
            isCut &= length >= 0 && inner >= 0;
            return null;
        }

        // Requests count their fields from 1, the others from 0 (RFC 4120, 5.4.1, 5.5.1, 5.9.1): the version 5, then the type.
        int first = tag is 0x6A or 0x6C ? 0xA1 : 0xA0;
        ReadOnlySpan<byte> expected = [(byte)first, 3, 2, 1, 5, (byte)(first + 1), 3, 2, 1, (byte)(tag & 0x1F)];
        ReadOnlySpan<byte> there = reader.Rest;
        isCut = there.Length < expected.Length && expected.StartsWith(there);
        return there.StartsWith(expected) ? (KerberosMessageType)(tag & 0x1F) : null;
    }

    internal static (KerberosTicket Ticket, uint Options)? ReadAccess(ReadOnlySpan<byte> bytes)
    {
        if (TypeOf(bytes) != KerberosMessageType.ApRequest)
        {
            return null;
        }

        KerberosTicket? ticket = null;
        uint options = 0;
        var fields = new DerReader(Content(bytes));
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            switch (field.Context)
            {
                case 2:
                    options = KerberosFields.Flags(field.Content);
                    break;
                case 3:
                    ticket = KerberosFields.Ticket(field.Content);
                    break;
            }
        }

        return ticket is null ? null : (ticket, options);
    }

    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> bytes)
    {
        var reader = new DerReader(bytes);
        DerElement element = reader.Next();
        return KerberosFields.Sequence(element.Content);
    }

    private static int ReadLength(ref WireReader reader)
    {
        int first = reader.U8();
        return first switch
        {
            < 0x80 => first,
            0x81 => reader.U8(),
            0x82 => reader.U16(),
            0x83 => reader.U24(),
            0x84 when reader.U32() is var length && length <= int.MaxValue => (int)length,
            _ => -1,
        };
    }

    private static KerberosRequest? ReadTicketRequest(ReadOnlySpan<byte> content, KerberosMessageType type, FrameRef frame, Timestamp time)
    {
        var padata = new KerberosPreAuthentication();
        ReadOnlySpan<byte> body = default;
        var fields = new DerReader(content);
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            switch (field.Context)
            {
                case 3:
                    padata.Read(field.Content);
                    break;
                case 4:
                    body = KerberosFields.Sequence(field.Content);
                    break;
            }
        }

        if (body.IsEmpty)
        {
            return null;
        }

        return ReadBody(body, new KerberosRequest
        {
            Frame = frame,
            Time = time,
            Type = type,
            PreAuthentication = padata.Types,
            EncryptedTimestamp = padata.Timestamp,
            Ticket = padata.Ticket,
            ForUser = padata.ForUser,
            ForUserRealm = padata.ForUserRealm,
            WantsPac = padata.WantsPac,
            PacOptions = padata.PacOptions,
        });
    }

    // KDC-REQ-BODY (RFC 4120, 5.4.1)
    private static KerberosRequest ReadBody(ReadOnlySpan<byte> body, KerberosRequest request)
    {
        var fields = new DerReader(body);
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            request = field.Context switch
            {
                0 => request with { Options = KerberosFields.Flags(field.Content) },
                1 => request with { Client = KerberosFields.Name(field.Content) },
                2 => request with { Realm = KerberosFields.Text(field.Content) },
                3 => request with { Service = KerberosFields.Name(field.Content) },
                4 => request with { From = KerberosFields.Time(field.Content) },
                5 => request with { Till = KerberosFields.Time(field.Content) },
                6 => request with { RenewTill = KerberosFields.Time(field.Content) },
                7 => request with { Nonce = KerberosFields.Number(field.Content) },
                8 => request with { Encryptions = KerberosFields.Numbers(field.Content) },
                11 => request with { AdditionalTickets = ReadTickets(field.Content) },
                _ => request,
            };
        }

        return request;
    }

    private static List<KerberosTicket> ReadTickets(ReadOnlySpan<byte> wrapped)
    {
        const int MaxTickets = 4;
        List<KerberosTicket> tickets = [];
        var items = new DerReader(KerberosFields.Sequence(wrapped));
        while (items.HasMore && tickets.Count < MaxTickets)
        {
            if (KerberosFields.Ticket(items.Next().Encoded) is { } ticket)
            {
                tickets.Add(ticket);
            }
        }

        return tickets;
    }

    // KDC-REP (RFC 4120, 5.4.2)
    private static KerberosReply? ReadTicketReply(ReadOnlySpan<byte> content, KerberosMessageType type, FrameRef frame, Timestamp time)
    {
        var reply = new KerberosReply { Frame = frame, Time = time, Type = type };
        var padata = new KerberosPreAuthentication();
        var fields = new DerReader(content);
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            switch (field.Context)
            {
                case 2:
                    padata.Read(field.Content);
                    break;
                case 3:
                    reply = reply with { ClientRealm = KerberosFields.Text(field.Content) };
                    break;
                case 4:
                    reply = reply with { Client = KerberosFields.Name(field.Content) };
                    break;
                case 5:
                    KerberosTicket? ticket = KerberosFields.Ticket(field.Content);
                    reply = reply with { Ticket = ticket, Service = ticket?.Service };
                    break;
                case 6:
                    reply = reply with { EncryptedPart = KerberosFields.Cipher(field.Content) };
                    break;
            }
        }

        return reply.Ticket is null ? null : reply with { PreAuthentication = padata.Types, Salts = padata.Salts };
    }

    private static KerberosReply ReadAccessReply(ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
    {
        var fields = new DerReader(content);
        KerberosCipher? cipher = null;
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            cipher = field.Context == 2 ? KerberosFields.Cipher(field.Content) : cipher;
        }

        return new KerberosReply { Frame = frame, Time = time, Type = KerberosMessageType.ApReply, EncryptedPart = cipher };
    }

    // KRB-ERROR (RFC 4120, 5.9.1)
    private static KerberosReply? ReadError(ReadOnlySpan<byte> content, FrameRef frame, Timestamp time)
    {
        var reply = new KerberosReply { Frame = frame, Time = time, Type = KerberosMessageType.Error };
        var data = new KerberosPreAuthentication();
        var fields = new DerReader(content);
        while (fields.HasMore)
        {
            DerElement field = fields.Next();
            switch (field.Context)
            {
                case 2:
                    reply = reply with { ClientTime = KerberosFields.Time(field.Content) };
                    break;
                case 4:
                    reply = reply with { ServerTime = KerberosFields.Time(field.Content) };
                    break;
                case 6:
                    reply = reply with { ErrorCode = (int?)KerberosFields.Number(field.Content) };
                    break;
                case 7:
                    reply = reply with { ClientRealm = KerberosFields.Text(field.Content) };
                    break;
                case 8:
                    reply = reply with { Client = KerberosFields.Name(field.Content) };
                    break;
                case 10:
                    reply = reply with { Service = KerberosFields.Name(field.Content) };
                    break;
                case 11:
                    reply = reply with { ErrorText = KerberosFields.Text(field.Content) };
                    break;
                case 12:
                    data.ReadErrorData(KerberosFields.Octets(field.Content));
                    break;
            }
        }

        return reply.ErrorCode is null ? null : reply with { PreAuthentication = data.Types, Salts = data.Salts, Status = data.Status };
    }
}
