using Pcapper.Engine;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>What Kerberos tells.</summary>
internal sealed class DomainKerberosRecords(DomainState state)
{
    private const string TicketGranting = "krbtgt/";
    private const string Tickets = "kerberos";
    private const int PrincipalUnknown = 6;
    private const int WrongRealm = 68;

    // Kinds of services that no other system has.
    private static readonly string[] s_windowsServices = ["RPCSS", "TERMSRV", "GC", "MSSQLSvc", "RestrictedKrbHost", "WSMAN", "exchangeMDB", "DFSR-12F9A27C-BF97-4787-9364-D31B6C55EB04"];

    // Kinds of services that are the computer itself, and not one of its other names.
    private static readonly string[] s_computerServices = ["cifs", "host", "ldap", "RPCSS", "TERMSRV", "RestrictedKrbHost"];

    // Refusals that ask the client to come again: with more, elsewhere, or by TCP.
    private static readonly int[] s_steps = [25, 52, WrongRealm, 90, 91, 93];

    // Refusals that are about the request, the service or the center, and not about who asks (RFC 4120, 7.5.9).
    private static readonly int[] s_notJudging = [7, 8, 13, 14, 15, 16, 17, 29, 60, 61];

    /// <summary>Adds an exchange.</summary>
    public void Add(KerberosExchange record)
    {
        if (record.Type == KerberosMessageType.ApRequest || record.Carrier != Tickets)
        {
            AddShown(record);
            return;
        }

        AddCenter(record);
        if (record.Type == KerberosMessageType.AsRequest)
        {
            AddFirstTicket(record);
        }
        else if (record is { Type: KerberosMessageType.TgsRequest, Reply.Ticket: { } ticket })
        {
            AddServiceTicket(record, ticket);
        }
    }

    private static bool IsSame(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    // Who answers is a key distribution center: of the ticket's realm, or of the realm asked if the answer is a refusal that knows it.
    private void AddCenter(KerberosExchange record)
    {
        if (record.Reply is not { } reply)
        {
            return;
        }

        // The answer is what proves it.
        record = record with { Frame = reply.Frame, Time = reply.Time };
        string? realm = reply.Ticket?.Realm ?? (reply.ErrorCode is null or WrongRealm ? null : record.Request?.Realm);
        if (string.IsNullOrEmpty(realm))
        {
            return;
        }

        state.AddController(record.Server, DomainEvidence.Kerberos, realm, record, record.Client)?.Roles.Add(DomainWords.KeyDistributionCenter);
        state.AddDomain(realm, DomainEvidence.Kerberos, record, record.Server);
        if (IsWindows(record, reply))
        {
            state.AddController(record.Server, DomainEvidence.WindowsKerberos, realm, record, record.Client);
            state.AddDomain(realm, DomainEvidence.WindowsKerberos, record, record.Server);
        }

        // Who asks by the NetBIOS name gets the ticket of the realm.
        if (record is { Type: KerberosMessageType.AsRequest, Request.Realm: { } asked } && reply.Ticket is not null)
        {
            state.AddAlias(realm, asked, record, record.Server);
        }
    }

    private static bool IsWindows(KerberosExchange record, KerberosReply reply)
    {
        if (reply.Status is not null || reply.Ticket is not { } ticket)
        {
            return reply.Status is not null;
        }

        bool isNetbiosName = record is { Type: KerberosMessageType.AsRequest, Request.Realm: { Length: > 0 } asked } && !DomainSayings.IsDnsName(asked) && DomainSayings.IsDnsName(ticket.Realm);
        int slash = ticket.Service.IndexOf('/', StringComparison.Ordinal);
        return isNetbiosName || AccountName.Of(reply.Client ?? string.Empty).IsComputer || (slash > 0 && s_windowsServices.Contains(ticket.Service[..slash], StringComparer.OrdinalIgnoreCase));
    }

    private void AddFirstTicket(KerberosExchange record)
    {
        string? name = record.Reply is { Ticket: not null } ? record.Reply.Client : record.Request?.Client;
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        if (record.Error is { } code && s_steps.Contains(code))
        {
            return;
        }

        bool isIssued = record.IsIssued;
        bool? success = isIssued ? true : record.Error is { } error && !s_notJudging.Contains(error) ? false : null;

        AccountName account = AccountName.Of(name);
        string realm = (isIssued ? record.Reply!.ClientRealm : record.Request?.Realm) ?? string.Empty;
        account = isIssued || account.Domain.Length == 0 ? account with { Domain = realm } : account;
        LoginFacts facts = state.AddLogin(account, new PairKey(record.Client, record.Server), Tickets, success, record);
        facts.Missing.Add(record.Error == PrincipalUnknown ? 1 : 0);
        if (isIssued && account.IsComputer)
        {
            state.AddComputer(account.User, null, realm, record.Client, "Kerberos", record);
        }
    }

    private void AddServiceTicket(KerberosExchange record, KerberosTicket ticket)
    {
        KerberosRequest? request = record.Request;
        KerberosReply reply = record.Reply!;
        AddTrust(record with { Frame = reply.Frame, Time = reply.Time }, ticket);
        bool isDelegated = request is { ForUser: not null } or { IsProxied: true };

        // Whoever asks in the name of another is a service; the other is not there.
        if (!isDelegated && reply.Client is { Length: > 0 } name && reply.ClientRealm is { Length: > 0 } realm)
        {
            var account = new AccountName(AccountName.Of(name).User, realm);
            state.AddLogin(account, new PairKey(record.Client, record.Server), "kerberos service", true, record);
            if (account.IsComputer)
            {
                state.AddComputer(account.User, null, realm, record.Client, "Kerberos", record);
            }
        }

        if (ticket.Service.Contains('/', StringComparison.Ordinal) && !ticket.Service.StartsWith(TicketGranting, StringComparison.OrdinalIgnoreCase))
        {
            ServiceFacts facts = Service(ticket);
            facts.Issued.Add(reply.Frame);
            facts.Encryptions.Add(KerberosNames.Encryption(ticket.Cipher.Encryption));
            facts.Users.Add(isDelegated ? null : reply.Client);
            facts.Clients.Add(record.Client);
            facts.When.Add(reply.Time, reply.Frame);
        }
    }

    // A ticket for another realm's ticket-granting service is made with the key of the trust: that realm trusts this one.
    private void AddTrust(KerberosExchange record, KerberosTicket ticket)
    {
        if (Other(ticket) is { } further)
        {
            Trust(further, ticket.Realm, record);
        }

        if (record.Request?.Ticket is { } shown && Other(shown) is { } here && IsSame(here, ticket.Realm))
        {
            Trust(here, shown.Realm, record);
        }
    }

    private static string? Other(KerberosTicket ticket)
        => ticket.Service.StartsWith(TicketGranting, StringComparison.OrdinalIgnoreCase) && ticket.Service[TicketGranting.Length..] is { Length: > 0 } realm && !IsSame(realm, ticket.Realm) ? realm : null;

    private void Trust(string trusting, string trusted, KerberosExchange record)
        => state.Trusts[new(DomainSayings.Key(trusting), DomainSayings.Key(trusted), (long)DomainEvidence.Kerberos)].Add(record, record.Server);

    private void AddShown(KerberosExchange record)
    {
        if (record is not { Request: { IsPasswordChange: false, Ticket: { } ticket } } || record.Error is not null
            || !ticket.Service.Contains('/', StringComparison.Ordinal) || ticket.Service.StartsWith(TicketGranting, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        ServiceFacts facts = Service(ticket);
        facts.Shown.Add(record.Frame);
        facts.Encryptions.Add(KerberosNames.Encryption(ticket.Cipher.Encryption));
        facts.Clients.Add(record.Client);
        facts.Hosts.Add(record.Server);
        facts.When.Add(record.Time, record.Frame);

        state.AddDomain(ticket.Realm, DomainEvidence.Ticket, record, record.Client);
        if (record.Reply is not { Type: KerberosMessageType.ApReply } reply)
        {
            return;
        }

        // The service could read the ticket: it has the key.
        record = record with { Frame = reply.Frame, Time = reply.Time };

        // class/host/domain is the form of a controller's directory (MS-ADTS, 5.1.1.4 and MS-DRSR, 2.2.3).
        string[] parts = ticket.Service.Split('/');
        if (parts.Length == 3 && IsSame(parts[0], "ldap") && DomainSayings.IsDnsName(parts[2]))
        {
            state.AddController(record.Server, DomainEvidence.DirectoryTicket, ticket.Realm, record, record.Client)?.Names.Add(DomainSayings.IsDnsName(parts[1]) ? DomainSayings.Key(parts[1]) : null);
            state.AddDomain(ticket.Realm, DomainEvidence.DirectoryTicket, record, record.Server);
        }

        if (s_computerServices.Contains(parts[0], StringComparer.OrdinalIgnoreCase) && !IpAddress.TryParse(parts[1], out _))
        {
            state.AddComputer(parts[1], parts[1], ticket.Realm, record.Server, "Kerberos", record);
        }
    }

    private ServiceFacts Service(KerberosTicket ticket)
    {
        ServiceFacts facts = state.Services[new(DomainSayings.Key(ticket.Service), DomainSayings.Key(ticket.Realm))];
        facts.Spellings.Add(ticket.Service);
        return facts;
    }
}
