using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>The section of <c>--domain</c>.</summary>
internal static class DomainTables
{
    // Names are what one looks for: they are cut last.
    private const int Name = 24;
    private const int ShortName = 16;
    private const int Address = 15;
    private const int Evidence = 30;
    private const int MostNamed = 5;
    private const int MostListed = 6;

    public static void Write(DomainModel model, Section section)
    {
        IReadOnlyList<DomainEntry> domains = model.Domains;
        int directories = domains.Count(d => d is { IsDirectory: true, IsElsewhere: false });
        int realms = domains.Count(d => d is { IsDirectory: false, IsElsewhere: false });
        int controllers = model.Controllers.Count(c => c.IsProven);
        int users = model.Identities.Where(i => i.Value.Succeeded > 0).Select(i => (i.Key.User, i.Key.Domain)).Distinct().Count();
        int strangers = model.Identities.Where(i => i.Value.Succeeded > 0 && i.Key.Domain.Length == 0).Select(i => i.Key.User).Distinct(StringComparer.Ordinal).Count();
        string lead = directories == 0
            ? (realms == 0 ? "no domain" : $"{Units.Count(realms, "Kerberos realm")} ({Names(domains)}), not shown to be Active Directory")
            : $"{Units.Count(directories, "domain")} ({Names(domains)}{(domains.Any(d => d.Kind == DomainEntry.Proven) ? "" : "; named by servers only")})";
        if (model.Domains.Count + model.Identities.Count + model.Controllers.Count + model.State.Services.Count == 0)
        {
            section.Headline("no sign of Active Directory, and no login that names its user");
            return;
        }

        section.Headline($"{lead}, {Units.Count(controllers, "proven controller")}, {Units.Count(model.Computers.Count, "other computer")}, {Units.Count(users, "user")} let in{(strangers == 0 ? "" : $" ({Units.Count(strangers)} of no named domain)")}");
        section.Fact("domains", "Domains", directories).Fact("realms", "Other realms", realms).Fact("controllers", "Controllers", controllers)
            .Fact("computers", "Other computers", model.Computers.Count).Fact("users", "Users let in", users).Fact("services", "Services", model.State.Services.Distinct)
            .Fact("trusts", "Trusts", model.Trusts.Select(t => (t.Trusting, t.Trusted)).Distinct().Count());
        Domains(model, section);
        Controllers(model, section);
        DomainNotes.Write(model, section);
        Identities(model, section);
        Computers(model, section);
        Services(model, section);
        Trusts(model, section);
        section.Detail(detail =>
        {
            Tellings(model, detail);
            Proofs(model, detail);
            Logins(model, detail);
        });
    }

    private static string Names(IReadOnlyList<DomainEntry> domains)
    {
        bool isAny = domains.Any(d => d.IsDirectory);
        string[] names = [.. domains.Where(d => d.IsDirectory == isAny && !d.IsElsewhere).Select(d => DomainResolver.Display(d.Name))];
        return string.Join(", ", names.Take(MostNamed)) + (names.Length > MostNamed ? ", …" : "");
    }

    private static void Domains(DomainModel model, Section section)
    {
        if (model.Domains.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "domains", "domains", new("domain", "domain") { AtLeast = Name }, new("netbios", "NetBIOS", CellKind.Texts), new("forest", "forest", CellKind.Texts), new("kind", "kind") { AtLeast = DomainEntry.Proven.Length },
            new("controllers", "DCs", CellKind.Integer), new("computers", "computers", CellKind.Integer), new("users", "users", CellKind.Integer), new("evidence", "told by", CellKind.Texts) { AtLeast = Evidence }, new("sites", "sites", CellKind.Texts));
        foreach (DomainEntry domain in model.Domains)
        {
            table.Row(
                DomainResolver.Display(domain.Name), Cell.List(model.Resolver.NetbiosNames(domain.Name).Select(DomainResolver.Display)), Cell.List(domain.Forests.Select(DomainResolver.Display)),
                domain.Kind, domain.Controllers, domain.Members, domain.Users.Count, Cell.List(DomainWords.Of(domain.Evidence)), Cell.List(Sites(domain.Sites)));
        }
    }

    // DNS gives names of sites in small letters, controllers as they were written.
    private static IEnumerable<string> Sites(IEnumerable<string> sites)
        => sites.GroupBy(s => s, StringComparer.OrdinalIgnoreCase).Select(g => g.Order(StringComparer.Ordinal).First()).Order(StringComparer.Ordinal);

    private static void Controllers(DomainModel model, Section section)
    {
        if (model.Controllers.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "controllers", "domain controllers, and who may be one", new("addresses", "address", CellKind.Texts) { AtLeast = Address }, new("name", "name") { AtLeast = Name }, new("role", "shown"),
            new("evidence", "evidence", CellKind.Texts) { AtLeast = Evidence }, new("roles", "does", CellKind.Texts), new("frames", "frames", CellKind.Frames), new("domain", "domain"),
            new("sites", "site", CellKind.Texts));
        foreach (ControllerEntry controller in model.Controllers)
        {
            var frames = new FrameSample();
            // Whatever is Windows' own in Kerberos stands under Kerberos too.
            controller.Evidence.FindAll(e => e.Evidence != DomainEvidence.WindowsKerberos).ForEach(e => frames.Merge(e.Facts.Frames));
            ulong roles = controller.Evidence.Aggregate(0ul, (sum, e) => sum | e.Facts.Roles.Value);
            table.Row(
                Addresses(controller.Addresses), controller.Name, controller.Role, Cell.List(DomainWords.Of(controller.Kinds)), Cell.List(DomainWords.Roles(roles, controller.Kinds.Contains(DomainEvidence.Ping))),
                Cell.Frames(frames), DomainResolver.Display(controller.Domain), Cell.List(Sites(controller.Evidence.SelectMany(e => e.Facts.Sites.Values))));
        }
    }

    private static void Identities(DomainModel model, Section section)
    {
        if (model.Identities.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "identities", "users, hosts and addresses", new("user", "user") { AtLeast = Name }, new("domain", "domain") { AtLeast = ShortName }, new("address", "at", CellKind.Address), new("host", "host") { AtLeast = ShortName },
            new("succeeded", "let in", CellKind.Integer), new("failed", "refused", CellKind.Integer), new("unknown", "open", CellKind.Integer), new("sources", "by", CellKind.Texts),
            new("first_seen", "first", CellKind.Time), new("last_seen", "last", CellKind.Time), new("kind", "account"));
        table.Total = model.Identities.Count;
        foreach (((_, string domain, IpAddress address), IdentityEntry identity) in model.Identities.Take(table.Room))
        {
            table.Row(
                identity.User, DomainResolver.Display(domain), address, model.Hosts.NameOf(address) ?? identity.Workstations.FirstOrDefault(), identity.Succeeded, identity.Failed,
                identity.Unknown, Cell.List(identity.Sources), identity.When.First, identity.When.Last, identity.Kind);
        }
    }

    private static void Computers(DomainModel model, Section section)
    {
        if (model.Computers.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "computers", "other computers of domains", new("computer", "computer") { AtLeast = Name }, new("domain", "domain"), new("addresses", "address", CellKind.Texts) { AtLeast = Address }, new("sources", "shown by", CellKind.Texts),
            new("first_seen", "first", CellKind.Time), new("last_seen", "last", CellKind.Time), new("frames", "frames", CellKind.Frames), new("sites", "site", CellKind.Texts));
        table.Total = model.Computers.Count;
        foreach (((string name, string domain), ComputerEntry computer) in model.Computers.Take(table.Room))
        {
            table.Row(
                computer.DnsNames.FirstOrDefault() ?? name.ToUpperInvariant(), DomainResolver.Display(domain), Addresses(computer.Addresses), Cell.List(computer.Sources), computer.When.First, computer.When.Last, Cell.Frames(computer.Frames),
                Cell.List(Sites(computer.Sites)));
        }
    }

    private static void Services(DomainModel model, Section section)
    {
        if (model.State.Services.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "services", "services by principal name", new("service", "service") { AtLeast = Name }, new("domain", "domain"), new("issued", "tickets", CellKind.Integer), new("shown", "shown", CellKind.Integer),
            new("hosts", "shown at", CellKind.Texts), new("clients", "clients", CellKind.Integer), new("users", "for", CellKind.Texts), new("first_seen", "first", CellKind.Time),
            new("encryptions", "tickets in", CellKind.Texts));
        table.Total = model.State.Services.Distinct;
        foreach ((Key2<TextKey, TextKey> key, ServiceFacts facts) in model.State.Services.Entries
            .OrderByDescending(s => s.Value.Clients.Distinct).ThenByDescending(s => s.Value.Issued.Total + s.Value.Shown.Total).ThenBy(s => s.Key).Take(table.Room))
        {
            table.Row(
                Spelling(facts.Spellings, key.First.Text), DomainResolver.Display(model.Resolver.Resolve(key.Second.Text)), facts.Issued.Total, facts.Shown.Total, Addresses(facts.Hosts.Keys.Select(h => h.Address)),
                facts.Clients.Distinct, Cell.List(facts.Users), facts.When.First, Cell.List(facts.Encryptions));
        }
    }

    private static void Trusts(DomainModel model, Section section)
    {
        var trusts = model.Trusts.OrderBy(t => t.Trusting, StringComparer.Ordinal).ThenBy(t => t.Trusted, StringComparer.Ordinal).ThenBy(t => t.Evidence).ToList();
        if (trusts.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "trusts", "trusts", new("trusting", "domain"), new("trusted", "lets in users of"), new("evidence", "told by"), new("attributes", "kind", CellKind.Texts),
            new("tellers", "said by", CellKind.Texts), new("count", "count", CellKind.Integer), new("first_seen", "first seen", CellKind.Time), new("frames", "frames", CellKind.Frames));
        foreach ((string trusting, string trusted, DomainEvidence evidence, TrustFacts facts) in trusts)
        {
            table.Row(
                DomainResolver.Display(trusting), DomainResolver.Display(trusted), evidence == DomainEvidence.Kerberos ? "tickets from realm to realm" : DomainWords.Of(evidence),
                Cell.List(DomainWords.Trust(facts.Attributes.Value)), Addresses(facts.Tellers.Keys.Select(t => t.Address)), facts.Frames.Total, facts.When.First, Cell.Frames(facts.Frames));
        }
    }

    private static void Tellings(DomainModel model, Section section)
    {
        if (model.State.Domains.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "sayings", "what told of domains", new("domain", "domain as told"), new("evidence", "told by"), new("tellers", "said by", CellKind.Texts), new("count", "count", CellKind.Integer),
            new("first_seen", "first seen", CellKind.Time), new("last_seen", "last seen", CellKind.Time), new("frames", "frames", CellKind.Frames));
        table.Total = model.State.Domains.Distinct;
        foreach ((Key2<TextKey, NumberKey> key, DomainSaying saying) in model.State.Domains.Entries.Take(table.Room))
        {
            table.Row(
                DomainResolver.Display(key.First.Text), DomainWords.Of((DomainEvidence)key.Second.Value), Addresses(saying.Tellers.Keys.Select(t => t.Address)), saying.Frames.Total,
                saying.When.First, saying.When.Last, Cell.Frames(saying.Frames));
        }
    }

    private static void Proofs(DomainModel model, Section section)
    {
        if (model.Controllers.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "evidence", "evidence for controllers", new("addresses", "address", CellKind.Texts), new("name", "name"), new("evidence", "evidence"), new("says", "it"), new("domain", "domain as told"),
            new("peers", "told to, or by", CellKind.Texts), new("software", "software", CellKind.Texts), new("count", "count", CellKind.Integer), new("first_seen", "first seen", CellKind.Time), new("last_seen", "last seen", CellKind.Time), new("frames", "frames", CellKind.Frames));
        foreach (ControllerEntry controller in model.Controllers)
        {
            foreach ((DomainEvidence evidence, string domain, ControllerFacts facts) in controller.Evidence.OrderBy(e => e.Evidence).ThenBy(e => e.Domain, StringComparer.Ordinal).ThenBy(e => e.Facts.When.First))
            {
                table.Row(
                    Addresses(controller.Addresses), controller.Name, DomainWords.Of(evidence), DomainWords.Sentence(evidence), DomainResolver.Display(domain),
                    Addresses(facts.Peers.Keys.Select(p => p.Address)), Cell.List(facts.Software), facts.Frames.Total, facts.When.First, facts.When.Last, Cell.Frames(facts.Frames));
            }
        }
    }

    private static void Logins(DomainModel model, Section section)
    {
        if (model.State.Logins.Count == 0)
        {
            return;
        }

        Table table = section.Table(
            "logins", "logins of users and computers", new("user", "user"), new("domain", "domain as told"), new("client", "from", CellKind.Address), new("server", "to", CellKind.Address), new("source", "by"),
            new("succeeded", "let in", CellKind.Integer), new("failed", "refused", CellKind.Integer), new("missing", "no such account", CellKind.Integer), new("unknown", "open", CellKind.Integer),
            new("workstations", "calls itself", CellKind.Texts), new("first_seen", "first seen", CellKind.Time), new("last_seen", "last seen", CellKind.Time), new("frames", "frames", CellKind.Frames));
        table.Total = model.State.Logins.Distinct;
        foreach ((Key3<Key2<TextKey, TextKey>, PairKey, TextKey> key, LoginFacts facts) in model.State.Logins.Entries
            .OrderByDescending(l => l.Value.Frames.Total).ThenBy(l => l.Key).Take(table.Room))
        {
            table.Row(
                Spelling(facts.Spellings, key.First.First.Text), DomainResolver.Display(key.First.Second.Text), key.Second.From, key.Second.To, key.Third.Text, facts.Succeeded.Value, facts.Failed.Value, facts.Missing.Value,
                facts.Frames.Total - facts.Succeeded.Value - facts.Failed.Value, Cell.List(facts.Workstations), facts.When.First, facts.When.Last, Cell.Frames(facts.Frames));
        }
    }

    // A name of blanks alone is no spelling.
    private static string Spelling(Texts spellings, string name) => spellings.Values is [.., var last] ? last : name;

    private static Cell Addresses(IEnumerable<IpAddress> addresses)
    {
        List<string> all = [.. addresses.Select(a => a.ToString())];
        return Cell.List([.. all.Take(MostListed), .. all.Count > MostListed ? ["…"] : Array.Empty<string>()]);
    }
}
