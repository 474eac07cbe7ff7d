using Pcapper.Engine;
using Pcapper.Modules.Protocols.Asn1;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Takes the Kerberos tokens of one GSS-API negotiation (RFC 4121, 4.1) from whatever carries them, and states the exchange.</summary>
/// <param name="flow">The flow that carries them.</param>
/// <param name="bus">Where to state it.</param>
/// <param name="carrier">The protocol that carries them: <c>smb</c>, <c>ldap</c>.</param>
public sealed class KerberosTokens(FlowContext flow, RecordBus bus, string carrier)
{
    private const string Kerberos = "1.2.840.113554.1.2.2";
    private const string KerberosOfMicrosoft = "1.2.840.48018.1.2.2";
    private const string UserToUser = "1.2.840.113554.1.2.2.3";
    private const int TokenId = 2;

    private readonly Emitter<KerberosExchange> _exchanges = bus.Emitter<KerberosExchange>();
    private KerberosRequest? _request;
    private Direction _asked;

    /// <summary>Tells whether a mechanism's object identifier is that of Kerberos, Microsoft's misspelling included (MS-SPNG, 3.1.5.2).</summary>
    public static bool IsKerberos(string? mechanism) => mechanism is Kerberos or KerberosOfMicrosoft or UserToUser;

    /// <summary>Gets the Kerberos message of a token: framed by GSS-API (RFC 2743, 3.1), or bare, as DCE/RPC sends its second one. Empty if it holds none.</summary>
    public static ReadOnlySpan<byte> Message(ReadOnlySpan<byte> token)
    {
        if (KerberosReader.TypeOf(token) is not null)
        {
            return token;
        }

        var outer = new DerReader(token);
        DerElement frame = outer.Next();
        if (frame.Application != 0)
        {
            return default;
        }

        var inner = new DerReader(frame.Content);
        DerElement mechanism = inner.Next();
        if (inner.Failed || mechanism.Universal != (int)System.Formats.Asn1.UniversalTagNumber.ObjectIdentifier || !IsKerberos(DerValue.Oid(mechanism.Content)))
        {
            return default;
        }

        var rest = new WireReader(frame.Content[mechanism.Encoded.Length..]);
        rest.Skip(TokenId);
        return !rest.Overrun && KerberosReader.TypeOf(rest.Rest) is not null ? rest.Rest : default;
    }

    /// <summary>Takes one token; false if it is none of Kerberos.</summary>
    public bool Take(Direction direction, ReadOnlySpan<byte> token, FrameRef frame, Timestamp time)
    {
        ReadOnlySpan<byte> message = Message(token);
        if (message.IsEmpty)
        {
            return false;
        }

        if (!_exchanges.IsWanted)
        {
            return true;
        }

        if (KerberosReader.ReadRequest(message, frame, time) is { } request)
        {
            End();
            _request = request;
            _asked = direction;
        }
        else if (KerberosReader.ReadReply(message, frame, time) is { } reply && (_request is null || direction != _asked))
        {
            Emit(_request is null ? direction.Opposite() : _asked, reply);
            _request = null;
        }

        return true;
    }

    /// <summary>The negotiation, or the flow, is over: states what was not answered.</summary>
    public void End()
    {
        if (_request is not null)
        {
            Emit(_asked, null);
            _request = null;
        }
    }

    private void Emit(Direction asked, KerberosReply? reply) => _exchanges.Emit(new KerberosExchange
    {
        Flow = flow.Id,
        Frame = _request?.Frame ?? reply!.Frame,
        Time = _request?.Time ?? reply!.Time,
        Request = _request,
        Reply = reply,
        Client = flow.Id.Sender(asked),
        Server = flow.Id.Receiver(asked),
        Carrier = carrier,
    });
}
