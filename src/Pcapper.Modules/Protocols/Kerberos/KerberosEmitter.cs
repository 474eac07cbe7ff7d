using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>States the exchanges of one flow, and what of them a password can be guessed from.</summary>
internal sealed class KerberosEmitter(FlowContext flow, RecordBus bus, string carrier)
{
    private readonly Emitter<KerberosExchange> _exchanges = bus.Emitter<KerberosExchange>();
    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();
    private IReadOnlyList<KerberosSalt> _salts = [];
    private string? _salted;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _exchanges.IsWanted || _credentials.IsWanted;

    /// <summary>States an exchange.</summary>
    public void Emit(Direction asked, KerberosRequest? request, KerberosReply? reply)
    {
        if (_exchanges.IsWanted)
        {
            _exchanges.Emit(new KerberosExchange
            {
                Flow = flow.Id,
                Frame = request?.Frame ?? reply!.Frame,
                Time = request?.Time ?? reply!.Time,
                Request = request,
                Reply = reply,
                Client = flow.Id.Sender(asked),
                Server = flow.Id.Receiver(asked),
                Carrier = carrier,
            });
        }

        if (_credentials.IsWanted)
        {
            Credentials(asked, request, reply);
        }
    }

    private void Credentials(Direction asked, KerberosRequest? request, KerberosReply? reply)
    {
        if (reply is { Salts.Count: > 0 })
        {
            _salts = reply.Salts;
            _salted = request?.Client ?? reply.Client;
        }

        if (request is not null)
        {
            IReadOnlyList<KerberosSalt> salts = string.Equals(_salted, request.Client, StringComparison.Ordinal) ? _salts : [];
            Emit(asked, request.Frame, request.Time, "as-req", request.Client, request.Realm, KerberosHash.Timestamp(request, salts), reply is null ? null : reply.ErrorCode is null);
        }

        if (reply is { EncryptedPart: not null, Type: KerberosMessageType.AsReply })
        {
            Emit(asked, reply.Frame, reply.Time, "as-rep", reply.Client, reply.ClientRealm, KerberosHash.Reply(request, reply), null);
        }

        // What a TGS request shows is a ticket-granting ticket; what an AP request shows is the service's.
        if (reply is { Ticket: { } issued })
        {
            Emit(asked, reply.Frame, reply.Time, "tgs-rep", issued.Service, issued.Realm, KerberosHash.Ticket(request, issued), null);
        }
        else if (request is { Type: KerberosMessageType.ApRequest, Ticket: { } shown })
        {
            Emit(asked, request.Frame, request.Time, "ap-req", shown.Service, shown.Realm, KerberosHash.Ticket(request, shown), null);
        }
    }

    private void Emit(Direction asked, FrameRef frame, Timestamp time, string scheme, string? user, string? realm, HashLine? line, bool? success)
    {
        if (line is null)
        {
            return;
        }

        _credentials.Emit(new CredentialSeen
        {
            Flow = flow.Id,
            Frame = frame,
            Time = time,
            Protocol = carrier,
            Scheme = scheme,
            Kind = CredentialKind.Response,
            Direction = asked,
            User = user,
            Secret = Secret.From(line.Line),
            HashcatMode = line.Mode,
            Realm = realm,
            Success = success,
        });
    }
}
