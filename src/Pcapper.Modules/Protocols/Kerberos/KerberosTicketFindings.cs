using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>What service tickets show: roasting, forged tickets, delegation, DES.</summary>
internal static class KerberosTicketFindings
{
    /// <summary>Tickets of service accounts that can be guessed offline.</summary>
    public static readonly FindingType Kerberoasting = new("kerberos.kerberoasting", "RC4 service tickets that can be guessed offline (Kerberoasting)", Severity.Medium, "T1558.003")
    {
        Unless = "the service's account is set to RC4 or has no AES keys, and people use the service: look whether the client then connects to it",
    };

    /// <summary>A ticket-granting ticket in RC4 where the realm issues AES.</summary>
    public static readonly FindingType OldTicket = new("kerberos.rc4-tgt", "RC4 ticket-granting ticket in an AES realm (golden ticket)", Severity.Medium, "T1558.001")
    {
        Unless = "an older domain controller of the same realm, outside of the capture, issues RC4 tickets",
    };

    /// <summary>A host got tickets in a user's name for itself.</summary>
    public static readonly FindingType Impersonation = new("kerberos.impersonation", "Tickets in a user's name (S4U)", Severity.Info, "T1134.001", "T1558")
    {
        Unless = "the service is meant to act for its users (web and file gateways, mail, synchronization)",
    };

    /// <summary>DES was used.</summary>
    public static readonly FindingType Des = new("kerberos.des", "Kerberos with DES", Severity.Medium, "T1558")
    {
        IsPractice = true,
        Unless = "a very old system is isolated: DES is broken within hours all the same",
    };

    // What tools ask for in one go; people reach a handful of services with own accounts in ten minutes.
    private const int MinRoasted = 5;
    private const long RoastWindow = 10 * 60 * Timestamp.PerSecond;
    private const int MostNamed = 6;

    // Classes of services that run as the computer itself (MS-KILE, 3.1.1.5.1; the registrations of SPN mapping "host"): its password is random.
    private static readonly string[] s_machineClasses = ["cifs", "dns", "gc", "host", "krbtgt", "kadmin", "ldap", "restrictedkrbhost", "rpc", "rpcss", "termsrv", "wsman"];

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [Des, Impersonation, Kerberoasting, OldTicket];

    public static void Raise(KerberosState state, Conclusions conclusions)
    {
        var roasted = state.Services.Entries.Where(s => s.Value.Rc4.Total > 0 && IsAccountService(s.Key.Second.Text));
        foreach (IGrouping<IpAddress, KeyValuePair<Key2<AddressKey, TextKey>, KerberosServiceUse>> client in roasted.GroupBy(s => s.Key.First.Address))
        {
            conclusions.Add(MakeRoasting(client.Key, [.. client]));
        }

        foreach ((Key2<PairKey, TextKey> key, FrameSample frames) in state.OldTickets.Entries)
        {
            // Who issues both has an old domain controller.
            if (state.Realms.Find(key.Second) is { AesTickets.Value: > 0, OtherTickets.Value: 0 } realm)
            {
                conclusions.Add(MakeOldTicket(key, frames, realm));
            }
        }

        foreach ((Key2<AddressKey, TextKey> key, KerberosDelegation delegation) in state.Delegations.Entries)
        {
            conclusions.Add(MakeImpersonation(key, delegation));
        }

        foreach ((Key2<PairKey, TextKey> key, FrameSample frames) in state.Des.Entries)
        {
            conclusions.Add(new Finding
            {
                Type = Des,
                Subject = $"{key.First} {key.Second}",
                Summary = $"{Units.Count(frames.Total, "reply", "replies")} with DES for {key.Second}",
                Source = key.First.From,
                Destination = key.First.To,
                Count = frames.Total,
                DisplayFilter = Filter.Between(key.First.From, key.First.To).And("kerberos.etype in {1, 2, 3}"),
            }.WithEvidence(frames));
        }
    }

    /// <summary>Tells whether services of a class run as the computer itself.</summary>
    internal static bool IsMachineClass(string name) => s_machineClasses.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static bool IsAccountService(string service)
    {
        int slash = service.IndexOf('/', StringComparison.Ordinal);
        return !service.Contains('$', StringComparison.Ordinal) && slash > 0 && !IsMachineClass(service[..slash]);
    }

    private static Finding MakeRoasting(IpAddress client, KeyValuePair<Key2<AddressKey, TextKey>, KerberosServiceUse>[] services)
    {
        var frames = new FrameSample();
        var when = new Extent();
        long askedOld = 0;
        foreach ((_, KerberosServiceUse use) in services)
        {
            frames.Merge(use.Rc4);
            when.Merge(use.Rc4When);
            askedOld += use.Rc4Only.Value;
        }

        IpAddress? server = KerberosServer.Only(services.Select(s => s.Value.Servers));
        int burst = Burst.Largest([.. services.Select(s => s.Value.Rc4When.First).Order()], RoastWindow);
        string[] names = [.. services.Select(s => s.Key.Second.Text)];
        return new Finding
        {
            Type = Kerberoasting,
            Subject = server is null ? client.ToString() : new PairKey(client, server.Value).ToString(),
            Summary = $"{Units.Count(frames.Total, "ticket")} in RC4 for {Units.Count(names.Length, "service")}"
                + (burst > 1 ? $", {Units.Count(burst)} of them within ten minutes" : "") + ", while the client's own tickets are in AES: " + string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", …" : "")
                + (askedOld > 0 ? $"; {Units.Count(askedOld)} asked for in RC4 only" : ""),
            Source = client,
            Destination = server,
            Raised = burst >= MinRoasted || askedOld > 0 ? Severity.High : null,
            Confidence = burst >= MinRoasted || askedOld > 0 ? 85 : 50,
            Count = frames.Total,
            Measures = [new("services_in_ten_minutes", burst, MinRoasted), new("asked_for_in_rc4_only", askedOld, 1)],
            DisplayFilter = (server is null ? Filter.All.To(client) : Filter.From(server.Value).To(client)).And("kerberos.msg_type == 13 && kerberos.etype == 23"),
        }.WithEvidence(frames).During(when);
    }

    private static Finding MakeOldTicket(Key2<PairKey, TextKey> key, FrameSample frames, KerberosRealm realm) => new Finding
    {
        Type = OldTicket,
        Subject = $"{key.First} {key.Second}",
        Summary = $"{Units.Count(frames.Total, "request")} with a ticket-granting ticket in RC4; {key.Second} issued {Units.Count(realm.AesTickets.Value)} in AES and none in RC4 here",
        Source = key.First.From,
        Destination = key.First.To,
        Confidence = 60,
        Count = frames.Total,
        Measures = [new("aes_tickets", realm.AesTickets.Value, 1)],
        DisplayFilter = Filter.From(key.First.From).To(key.First.To).And("kerberos.msg_type == 12 && kerberos.etype == 23"),
    }.WithEvidence(frames);

    private static Finding MakeImpersonation(Key2<AddressKey, TextKey> key, KerberosDelegation delegation)
    {
        bool isPassedOn = delegation.Self.Total > 0 && delegation.Proxied.Total > 0;
        var frames = new FrameSample();
        frames.Merge(delegation.Self);
        frames.Merge(delegation.Proxied);
        return new Finding
        {
            Type = Impersonation,
            Subject = $"{key.First} as {key.Second}",
            Summary = $"{Units.Count(delegation.Self.Total, "ticket")} to itself and {Units.Count(delegation.Proxied.Total)} to other services in the name of {key.Second}"
                + (delegation.Services.Values.Count > 0 ? $": {string.Join(", ", delegation.Services.Values.Take(MostNamed))}" : "")
                + (delegation.UserToUser.Total > 0 ? $"; {Units.Count(delegation.UserToUser.Total)} to itself user to user, as accounts without service names are abused" : ""),
            Source = key.First.Address,
            Raised = isPassedOn || delegation.UserToUser.Total > 0 ? Severity.Medium : null,
            Count = frames.Total,
            Measures = [new("self", delegation.Self.Total), new("proxied", delegation.Proxied.Total)],
            DisplayFilter = Filter.From(key.First.Address).And("kerberos.msg_type == 12"),
        }.WithEvidence(frames).During(delegation.When);
    }
}
