using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>What betrays forged tickets, borrowed names and stolen certificates, as far as it stands in the clear.</summary>
internal static class KerberosForgeryFindings
{
    /// <summary>A name without its dollar sign passed for a computer.</summary>
    public static readonly FindingType BorrowedName = new("kerberos.nopac", "Ticket for a computer's name without $, then tickets in users' names (noPac)", Severity.High, "T1068", "T1558")
    {
        Unless = "a computer that logs in under its name without $, which no Windows does, and acts for its users",
    };

    /// <summary>A ticket that was changed after it was issued.</summary>
    public static readonly FindingType AlteredTicket = new("kerberos.altered-ticket", "Delegation with a ticket that the KDC did not issue (Bronze Bit)", Severity.High, "T1558", "T1134.001")
    {
        Unless = "the service shows a ticket that it got from the user rather than the one it asked for, of the same length by chance",
    };

    /// <summary>A user asked for a ticket to himself, in which the hash of his password comes back.</summary>
    public static readonly FindingType UnpacTheHash = new("kerberos.unpac-the-hash", "Ticket from a user to himself (UnPAC the hash)", Severity.Medium, "T1649", "T1558")
    {
        Unless = "a program that talks to another one of the same user by user-to-user tickets",
    };

    /// <summary>A service ticket in RC4 that no KDC issued.</summary>
    public static readonly FindingType UnknownTicket = new("kerberos.rc4-service-ticket", "RC4 ticket for a service whose tickets are issued in AES (silver ticket)", Severity.Low, "T1558.002")
    {
        Unless = "the service's account got its AES keys lately, and the client still has a ticket from before; or another domain controller issues RC4",
    };

    // Tools show the ticket in the same run in which they got it.
    private const long Soon = 60 * Timestamp.PerSecond;

    /// <summary>Gets all kinds.</summary>
    public static IReadOnlyList<FindingType> All { get; } = [AlteredTicket, BorrowedName, UnknownTicket, UnpacTheHash];

    public static void Raise(KerberosState state, Conclusions conclusions)
    {
        foreach ((Key2<AddressKey, TextKey> key, KerberosDelegation delegation) in state.Delegations.Entries)
        {
            RaiseAltered(key, delegation, conclusions);
        }

        RaiseBorrowedNames(state, conclusions);
        foreach ((Key2<AddressKey, TextKey> key, FrameSample frames) in state.SelfTickets.Entries)
        {
            RaiseSelf(state, key, frames, conclusions);
        }

        RaiseUnknown(state, conclusions);
    }

    // CVE-2020-17049: "forwardable" is set inside the ticket, which is encrypted anew: as long as before, with other bytes.
    private static void RaiseAltered(Key2<AddressKey, TextKey> key, KerberosDelegation delegation, Conclusions conclusions)
    {
        if (delegation.SelfWhen.IsEmpty || !delegation.SelfTickets.IsComplete)
        {
            return;
        }

        foreach ((Key3<NumberKey, NumberKey, NumberKey> ticket, KerberosEvidenceTicket evidence) in delegation.Evidence.Entries)
        {
            bool isSameSize = delegation.SelfTickets.Keys.Any(own => own.First == ticket.First && own.Second == ticket.Second);
            bool isSoon = evidence.When.First.CompareTo(delegation.SelfWhen.First) >= 0 && evidence.When.First - delegation.SelfWhen.Last <= Soon;
            if (delegation.SelfTickets.Contains(ticket) || !isSameSize || !isSoon)
            {
                continue;
            }

            var frames = new FrameSample();
            frames.Merge(delegation.Self);
            frames.Merge(evidence.Frames);
            conclusions.Add(new Finding
            {
                Type = AlteredTicket,
                Subject = $"{key.First} as {key.Second}",
                Summary = $"the ticket shown for {key.Second} in frame {evidence.When.FirstFrame} has the length of the one issued in frame {delegation.SelfWhen.FirstFrame} ({Units.Count(ticket.Second.Value, "byte")}), but other bytes"
                    + (delegation.Services.Values.Count > 0 ? $"; with it came tickets to {string.Join(", ", delegation.Services.Values)}" : string.Empty),
                Source = key.First.Address,
                Count = evidence.Frames.Total,
                DisplayFilter = Filter.Address(key.First.Address).And("kerberos.msg_type in {12, 13}"),
            }.WithEvidence(frames).During(delegation.When));
        }
    }

    // CVE-2021-42278 and 42287: the KDC that does not find DC01 takes DC01$ for it.
    private static void RaiseBorrowedNames(KerberosState state, Conclusions conclusions)
    {
        HashSet<string> computers = [.. state.Users.Entries.Select(u => Name(u.Key.Second.Text)).Where(name => name.EndsWith('$')).Select(name => name.ToUpperInvariant())];
        ILookup<IpAddress, KeyValuePair<Key2<AddressKey, TextKey>, KerberosUser>> users = state.Users.Entries
            .Where(u => u.Value.Issued.Total > 0 && !u.Key.Second.Text.Contains('$', StringComparison.Ordinal)).ToLookup(u => u.Key.First.Address);
        foreach ((Key2<AddressKey, TextKey> key, KerberosDelegation delegation) in state.Delegations.Entries.Where(d => d.Value.Self.Total > 0))
        {
            foreach ((Key2<AddressKey, TextKey> user, KerberosUser facts) in users[key.First.Address])
            {
                string name = Name(user.Second.Text);
                if (facts.IssuedWhen.First.CompareTo(delegation.When.Last) > 0
                    || delegation.Requesters.Values.FirstOrDefault(service => IsComputers(service, name, computers.Contains(name.ToUpperInvariant() + "$"))) is not { } service)
                {
                    continue;
                }

                var frames = new FrameSample();
                frames.Merge(facts.Issued);
                frames.Merge(delegation.Self);
                var when = new Extent();
                when.Merge(facts.IssuedWhen);
                when.Merge(delegation.When);
                conclusions.Add(new Finding
                {
                    Type = BorrowedName,
                    Subject = $"{key.First} {user.Second} as {key.Second}",
                    Summary = $"first ticket for {user.Second} in frame {facts.IssuedWhen.FirstFrame}, which is a computer's name without $; then {Units.Count(delegation.Self.Total, "ticket")} to {service} in the name of {key.Second}",
                    Source = key.First.Address,
                    Confidence = 85,
                    Count = frames.Total,
                    DisplayFilter = Filter.Address(key.First.Address).And("kerberos.msg_type in {11, 12}"),
                }.WithEvidence(frames).During(when));
            }
        }
    }

    // The name itself, or a service of a computer of that name: cifs/dc01.example.com.
    private static bool IsComputers(string service, string name, bool isKnown)
    {
        int slash = service.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return isKnown && (service.Equals(name, StringComparison.OrdinalIgnoreCase) || service.Equals(name + "$", StringComparison.OrdinalIgnoreCase));
        }

        string host = service[(slash + 1)..].Split('/', '.', ':')[0];
        return host.Equals(name, StringComparison.OrdinalIgnoreCase) && (isKnown || KerberosTicketFindings.IsMachineClass(service[..slash]));
    }

    private static string Name(string principal) => principal.LastIndexOf('@') is > 0 and var at ? principal[..at] : principal;

    private static void RaiseSelf(KerberosState state, Key2<AddressKey, TextKey> key, FrameSample frames, Conclusions conclusions)
    {
        bool hasCertificate = state.Users.Find(key)?.Proofs.Values.Contains(KerberosNames.Certificate, StringComparer.Ordinal) == true;
        conclusions.Add(new Finding
        {
            Type = UnpacTheHash,
            Subject = $"{key.First} {key.Second}",
            Summary = $"{Units.Count(frames.Total, "user-to-user ticket")} of {key.Second} to itself"
                + (hasCertificate ? "; it had logged in with a certificate (PKINIT), so the ticket holds the hash of its password" : "; the login is not in the capture, or was made without a certificate"),
            Source = key.First.Address,
            Raised = hasCertificate ? Severity.High : null,
            Confidence = hasCertificate ? 90 : 60,
            Count = frames.Total,
            DisplayFilter = Filter.Address(key.First.Address).And("kerberos.msg_type in {12, 13}"),
        }.WithEvidence(frames));
    }

    private static void RaiseUnknown(KerberosState state, Conclusions conclusions)
    {
        ILookup<string, KerberosServiceUse> issued = state.Services.Entries.Where(s => s.Value.Issued.Total > 0)
            .ToLookup(s => s.Key.Second.Text, s => s.Value, StringComparer.OrdinalIgnoreCase);
        foreach ((Key2<PairKey, TextKey> key, KerberosAccess access) in state.Accesses.Entries.Where(a => a.Value.Old.Total > 0))
        {
            KerberosServiceUse[] uses = [.. issued[key.Second.Text]];
            if (uses.Length == 0 || uses.Any(use => !use.Encryptions.Values.All(name => name.StartsWith("aes", StringComparison.Ordinal))))
            {
                continue;
            }

            long[] versions = [.. uses.SelectMany(use => use.Versions.Keys).Select(version => version.Value).Distinct().Order()];
            long[] shown = [.. access.OldVersions.Keys.Select(version => version.Value)];
            bool isOtherKey = versions.Length > 0 && shown.Length > 0 && !shown.Any(versions.Contains);
            conclusions.Add(new Finding
            {
                Type = UnknownTicket,
                Subject = $"{key.First} {key.Second}",
                Summary = $"{Units.Count(access.Old.Total, "ticket")} for {key.Second} in RC4 shown, while {Units.Count(uses.Sum(use => use.Issued.Total))} were issued in AES and none in RC4"
                    + (isOtherKey ? $"; key version {string.Join(", ", shown)}, issued are {string.Join(", ", versions)}" : string.Empty),
                Source = key.First.From,
                Destination = key.First.To,
                Raised = isOtherKey ? Severity.Medium : null,
                Confidence = isOtherKey ? 70 : 50,
                Count = access.Old.Total,
                DisplayFilter = Filter.Between(key.First.From, key.First.To).And("kerberos.msg_type == 14"),
            }.WithEvidence(access.Old).During(access.When));
        }
    }
}
