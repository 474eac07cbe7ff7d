using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary><c>--kerberos</c>: realms, key distribution centers, principals, services, refusals; roasting, spraying, downgrades, delegation.</summary>
public sealed class KerberosAnalyzer : Analyzer<KerberosState>, IRecordConsumer<KerberosExchange>
{
    private const int PrincipalUnknown = 6;
    private const int ClientRevoked = 18;
    private const int PreAuthenticationFailed = 24;
    private const int PreAuthenticationRequired = 25;
    private const int ResponseTooBig = 52;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "kerberos", "--kerberos", "Kerberos", "Kerberos realms, KDCs, principals, services, errors; roasting, spraying, downgrades, delegation", 2,
        [.. KerberosForgeryFindings.All, .. KerberosTicketFindings.All, .. KerberosUserFindings.All]);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus) => bus.Subscribe(this);

    /// <inheritdoc/>
    public void Consume(KerberosExchange record)
    {
        if (record.Type == KerberosMessageType.ApRequest || record.Carrier != "kerberos")
        {
            AddAccess(record);
            return;
        }

        AddTotals(record);
        AddServer(record);
        AddEncryptions(record);
        if (record.Error is { } code && code is not (PreAuthenticationRequired or ResponseTooBig))
        {
            AddError(record, code);
        }

        if (record.Type == KerberosMessageType.AsRequest)
        {
            AddUser(record);
        }
        else if (record.Type == KerberosMessageType.TgsRequest)
        {
            AddService(record);
            AddDelegation(record);
        }
    }

    /// <inheritdoc/>
    public override void Conclude(KerberosState state, Conclusions conclusions)
    {
        KerberosTables.Write(state, conclusions.Section);
        KerberosUserFindings.Raise(state, conclusions);
        KerberosTicketFindings.Raise(state, conclusions);
        KerberosForgeryFindings.Raise(state, conclusions);
        if (state.Totals.Total > 0)
        {
            conclusions.Add(new Signal("Kerberos attack patterns", conclusions.Findings.Count(f => f.Severity >= Severity.Medium), "--kerberos"));
        }
    }

    private static string User(string principal) => principal.LastIndexOf('/') is > 0 and var slash ? $"{principal[..slash]}@{principal[(slash + 1)..]}" : principal;

    private static string? RealmOf(KerberosExchange record)
        => (record.Request?.Realm ?? record.Reply?.Ticket?.Realm ?? record.Reply?.ClientRealm)?.ToUpperInvariant();

    private void AddTotals(KerberosExchange record)
    {
        bool isFirst = record.Type == KerberosMessageType.AsRequest;
        State.Totals[(int)KerberosTotal.As] += isFirst ? 1 : 0;
        State.Totals[(int)KerberosTotal.Tgs] += record.Type == KerberosMessageType.TgsRequest ? 1 : 0;
        State.Totals[(int)KerberosTotal.Issued] += record.IsIssued ? 1 : 0;
        State.Totals[(int)KerberosTotal.Refused] += record.Error is not (null or PreAuthenticationRequired or ResponseTooBig) ? 1 : 0;
        State.Totals[(int)KerberosTotal.Unanswered] += record.Reply is null ? 1 : 0;
    }

    private void AddServer(KerberosExchange record)
    {
        KerberosServer server = State.Servers[record.Server];
        server.Requests.Add();
        server.Issued.Add(record.IsIssued ? 1 : 0);
        server.Refused.Add(record.Error is not (null or PreAuthenticationRequired or ResponseTooBig) ? 1 : 0);
        server.Unanswered.Add(record.Reply is null ? 1 : 0);
        server.Clients.Add(record.Client);
        server.When.Add(record.Time, record.Frame);
        if (RealmOf(record) is not { Length: > 0 } name)
        {
            return;
        }

        server.Realms.Add(name);
        KerberosRealm realm = State.Realms[name];
        realm.Requests.Add();
        realm.Servers.Add(record.Server);
        realm.Clients.Add(record.Client);
        realm.When.Add(record.Time, record.Frame);
        if (record is { Type: KerberosMessageType.AsRequest, Reply.Ticket: { } ticket } && IsTicketGranting(ticket))
        {
            realm.AesTickets.Add(KerberosNames.IsAes(ticket.Cipher.Encryption) ? 1 : 0);
            realm.OtherTickets.Add(KerberosNames.IsAes(ticket.Cipher.Encryption) ? 0 : 1);
        }
    }

    // krbtgt of the realm itself: tickets to other realms have the key of the trust.
    private static bool IsTicketGranting(KerberosTicket ticket)
        => ticket.Service.StartsWith("krbtgt/", StringComparison.OrdinalIgnoreCase) && ticket.Service.AsSpan(7).Equals(ticket.Realm, StringComparison.OrdinalIgnoreCase);

    private void AddEncryptions(KerberosExchange record)
    {
        foreach (int offered in record.Request?.Encryptions ?? [])
        {
            State.Encryptions[offered][0]++;
        }

        if (record.Reply is not { Ticket: { } ticket } reply)
        {
            return;
        }

        State.Encryptions[ticket.Cipher.Encryption][1]++;
        if (reply.EncryptedPart is { } part)
        {
            State.Encryptions[part.Encryption][2]++;
        }

        if (KerberosNames.IsDes(ticket.Cipher.Encryption) || (reply.EncryptedPart is { } own && KerberosNames.IsDes(own.Encryption)))
        {
            State.Des[new(new PairKey(record.Client, record.Server), ticket.Service)].Add(reply.Frame);
        }
    }

    private void AddError(KerberosExchange record, int code)
    {
        KerberosErrorFacts facts = State.Errors[code];
        facts.Frames.Add(record.Reply!.Frame);
        facts.Clients.Add(record.Client);
        facts.About.Add(record.Type == KerberosMessageType.AsRequest && record.Principal is { } principal ? User(principal) : record.Service);
        facts.Texts.Add(record.Reply.ErrorText ?? (record.Reply.Status is { } status ? $"status 0x{status:x8}" : null));
        facts.When.Add(record.Reply.Time, record.Reply.Frame);
    }

    private void AddUser(KerberosExchange record)
    {
        if (record.Request is { OffersAes: true })
        {
            State.AesClients.Add(record.Client);
        }

        if (record.Principal is not { } principal)
        {
            return;
        }

        KerberosUser user = State.Users[new(record.Client, User(principal))];
        user.Requests.Add();
        user.Servers.Add(record.Server);
        if (record.Reply is not { } reply)
        {
            return;
        }

        FrameSample? failure = record.Error switch
        {
            PrincipalUnknown => user.Unknown,
            PreAuthenticationFailed => user.Wrong,
            ClientRevoked => user.Locked,
            _ => null,
        };
        if (failure is not null)
        {
            failure.Add(reply.Frame);
            user.Tries.AddRefused(reply.Time, reply.Frame, isUnlooked: record.Error != PreAuthenticationFailed);
        }

        if (reply.Ticket is { } ticket)
        {
            user.Issued.Add(reply.Frame);
            user.IssuedWhen.Add(reply.Time, reply.Frame);
            AddProofs(user, record.Request);
            AddIssued(user, record.Request, reply, ticket);
        }
    }

    private static void AddProofs(KerberosUser user, KerberosRequest? request)
    {
        foreach (int type in request?.PreAuthentication ?? [])
        {
            user.Proofs.Add(KerberosNames.Proof(type));
        }

        user.Proofs.Add(request is { IsPreAuthenticated: false } ? "none" : null);
    }

    private static void AddIssued(KerberosUser user, KerberosRequest? request, KerberosReply reply, KerberosTicket ticket)
    {
        if (request is null)
        {
            return;
        }

        bool isOldReply = reply.EncryptedPart is { } part && KerberosNames.IsRc4(part.Encryption);
        bool isAesTicket = KerberosNames.IsAes(ticket.Cipher.Encryption);
        if (!request.IsPreAuthenticated)
        {
            user.Unproven.Add(reply.Frame);
            user.UnprovenRc4.Add(isOldReply && !request.OffersAes ? 1 : 0);
            return;
        }

        user.Tries.AddAccepted(reply.Time, reply.Frame);

        if (isAesTicket && isOldReply)
        {
            (request.OffersAes ? user.Downgraded : user.Rc4Only).Add(reply.Frame);
        }

        if (request.WantsPac == false)
        {
            user.WithoutPac.Add(reply.Frame);
        }
    }

    private void AddService(KerberosExchange record)
    {
        if (record.Service is not { } name)
        {
            return;
        }

        KerberosTicket? shown = record.Request?.Ticket;
        if (shown is not null && IsTicketGranting(shown) && KerberosNames.IsRc4(shown.Cipher.Encryption))
        {
            State.OldTickets[new(new PairKey(record.Client, record.Server), shown.Realm.ToUpperInvariant())].Add(record.Frame);
        }

        KerberosServiceUse use = State.Services[new(record.Client, name)];
        use.Servers.Add(record.Server);
        if (record.Error is not null)
        {
            use.Refused.Add(record.Reply!.Frame);
        }

        if (record.Reply is not { Ticket: { } ticket } reply)
        {
            return;
        }

        use.Issued.Add(reply.Frame);
        use.When.Add(reply.Time, reply.Frame);
        use.Encryptions.Add(KerberosNames.Encryption(ticket.Cipher.Encryption));
        if (ticket.Cipher.Version is { } version)
        {
            use.Versions.Add(version);
        }

        // Enc-tkt-in-skey of a user to himself: the ticket can be decrypted by who asked.
        if (record.Request is { ForUser: null } request && (request.Options & KerberosNames.UserToUser) != 0 && name.Equals(reply.Client, StringComparison.OrdinalIgnoreCase) && record.Principal is { } self)
        {
            State.SelfTickets[new(record.Client, User(self))].Add(reply.Frame);
        }

        use.Clients.Add(record.Principal is { } principal ? User(principal) : null);
        if (KerberosNames.IsRc4(ticket.Cipher.Encryption) && shown is not null && KerberosNames.IsAes(shown.Cipher.Encryption))
        {
            use.Rc4.Add(reply.Frame);
            use.Rc4When.Add(reply.Time, reply.Frame);
            use.Rc4Only.Add(record.Request!.OffersAes ? 0 : 1);
        }
    }

    private void AddDelegation(KerberosExchange record)
    {
        if (record is not { Request: { } request, Reply: { Ticket: not null } reply } || (request.ForUser is null && !request.IsProxied))
        {
            return;
        }

        // The ticket that is passed on names nobody in clear; the reply names the user.
        string user = request.ForUser ?? reply.Client ?? string.Empty;
        KerberosDelegation delegation = State.Delegations[new(record.Client, user)];
        delegation.Servers.Add(record.Server);
        delegation.When.Add(reply.Time, reply.Frame);
        if (request.IsProxied)
        {
            delegation.Proxied.Add(record.Frame);
            delegation.Services.Add(record.Service);
            foreach (KerberosTicket shown in request.AdditionalTickets)
            {
                if (Fingerprint(shown) is { } fingerprint)
                {
                    KerberosEvidenceTicket evidence = delegation.Evidence[fingerprint];
                    evidence.Frames.Add(record.Frame);
                    evidence.When.Add(record.Time, record.Frame);
                }
            }
        }
        else
        {
            delegation.Self.Add(record.Frame);
            delegation.SelfWhen.Add(reply.Time, reply.Frame);
            delegation.Requesters.Add(request.Service);
            if ((request.Options & KerberosNames.UserToUser) != 0)
            {
                delegation.UserToUser.Add(record.Frame);
            }

            if (Fingerprint(reply.Ticket) is { } fingerprint)
            {
                delegation.SelfTickets.Add(fingerprint);
            }
        }
    }

    private static Key3<NumberKey, NumberKey, NumberKey>? Fingerprint(KerberosTicket ticket)
        => ticket.Cipher is { Bytes: { Length: > 0 } bytes } cipher
            ? new(cipher.Encryption, cipher.Length, unchecked((long)StableHash.Of(Convert.ToHexStringLower(bytes.Span))))
            : null;

    private void AddAccess(KerberosExchange record)
    {
        if (record.Request is not { } request)
        {
            return;
        }

        State.Totals[(int)(request.IsPasswordChange ? KerberosTotal.PasswordChanges : KerberosTotal.Ap)]++;
        KerberosAccess access = State.Accesses[new(new PairKey(record.Client, record.Server), request.Service ?? string.Empty)];
        access.Frames.Add(record.Frame);
        access.Carriers.Add(request.IsPasswordChange ? "kpasswd" : record.Carrier);
        access.Refused.Add(record.Error is null ? 0 : 1);
        access.Encryptions.Add(request.Ticket is { } ticket ? KerberosNames.Encryption(ticket.Cipher.Encryption) : null);
        access.When.Add(record.Time, record.Frame);
        if (request.Ticket is { } shown && KerberosNames.IsRc4(shown.Cipher.Encryption) && !request.IsPasswordChange)
        {
            access.Old.Add(record.Frame);
            if (shown.Cipher.Version is { } version)
            {
                access.OldVersions.Add(version);
            }
        }
    }
}
