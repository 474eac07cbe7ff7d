using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary>What does not fit together, and what was left out, in sentences.</summary>
internal static class DomainNotes
{
    private const int Most = 5;
    private const int MostNames = 8;

    // What a controller answers itself; of others' answers a global catalog's is about the forest.
    private static readonly DomainEvidence[] s_own = [DomainEvidence.Ping, DomainEvidence.RootEntry, DomainEvidence.Kerberos, DomainEvidence.DirectoryTicket];

    public static void Write(DomainModel model, Section section)
    {
        if (!model.State.IsComplete)
        {
            section.Note("There was more than is kept: what follows is a sample that does not depend on order.");
        }

        foreach (string note in Contradictions(model).Take(Most))
        {
            section.Note(note);
        }

        Missing(model, section);
    }

    private static IEnumerable<string> Contradictions(DomainModel model)
    {
        ILookup<string, string> located = model.Controllers.Where(c => c.Kinds.Contains(DomainEvidence.Locator)).ToLookup(c => c.Domain, c => c.Name ?? "?", StringComparer.Ordinal);
        foreach (ControllerEntry controller in model.Controllers)
        {
            string host = Host(controller);
            if (controller.Kinds is [DomainEvidence.Replication])
            {
                yield return $"{host} answers replication calls, as domain controllers do, but nothing else shows that it is one (DCShadow looks like this).";
            }

            if (controller.Addresses.GroupBy(a => a.IsIPv4).Any(g => g.Count() > 1))
            {
                yield return $"{controller.Name ?? "?"} has several addresses: {string.Join(", ", controller.Addresses.Take(Most))}{(controller.Addresses.Count > Most ? ", …" : "")}. All of them are its own, or somebody uses its name.";
            }

            string[] domains = [.. controller.Evidence.Where(e => s_own.Contains(e.Evidence)).Select(e => model.Resolver.Resolve(e.Domain)).Where(DomainSayings.IsDnsName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            if (domains.Length > 1)
            {
                yield return $"{host} answers for several domains: {string.Join(", ", domains.Take(Most).Select(DomainResolver.Display))}{(domains.Length > Most ? ", …" : "")}.";
            }

            IReadOnlyList<DomainEvidence> kinds = controller.Kinds;
            if (kinds.Any(k => k is DomainEvidence.Ping or DomainEvidence.RootEntry) && !kinds.Contains(DomainEvidence.Locator) && controller.DnsNames.Count > 0 && located.Contains(controller.Domain))
            {
                string[] others = [.. located[controller.Domain].Take(Most + 1)];
                yield return $"{host} answers as controller of {DomainResolver.Display(controller.Domain)}, but the DNS records that were seen name others: {string.Join(", ", others.Take(Most))}{(others.Length > Most ? ", …" : "")}. They may be those of another site.";
            }
        }

        foreach (DomainEntry domain in model.Domains.Where(d => d.Forests.Count > 1))
        {
            yield return $"{DomainResolver.Display(domain.Name)} is told to be in several forests: {string.Join(", ", domain.Forests.Take(Most))}.";
        }

        foreach (IGrouping<string, Key2<TextKey, TextKey>> alias in model.State.Aliases.Entries.Select(a => a.Key).GroupBy(a => a.Second.Text, StringComparer.Ordinal).Where(a => a.Count() > 1))
        {
            yield return $"The name {DomainResolver.Display(alias.Key)} was given for several domains: {string.Join(", ", alias.Take(Most).Select(a => a.First.Text))}. It counts for {model.Resolver.Resolve(alias.Key)}.";
        }
    }

    private static void Missing(DomainModel model, Section section)
    {
        List<Key3<Key2<TextKey, TextKey>, PairKey, TextKey>> missing = [.. model.State.Logins.Entries.Where(l => IdentityFinder.IsMissing(l.Value)).Select(l => l.Key)];
        string[] names = [.. missing.Select(l => l.First.First.Text).Distinct(StringComparer.Ordinal)];
        if (names.Length > 0)
        {
            string[] clients = [.. missing.Select(l => l.Second.From).Distinct().Order().Select(a => a.ToString())];
            section.Note(
                $"{Units.Count(names.Length, "account")} that {(names.Length == 1 ? "does" : "do")} not exist {(names.Length == 1 ? "was" : "were")} tried from {string.Join(", ", clients.Take(Most))}{(clients.Length > Most ? ", …" : "")}, "
                + $"and {(names.Length == 1 ? "is" : "are")} left out below: {string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? ", …" : "")}.");
        }
    }

    private static string Host(ControllerEntry controller)
        => controller.Addresses.Count == 0 ? controller.Name ?? "?" : $"{controller.Addresses.First()}{(controller.Name is { } name ? $" ({name})" : "")}";
}
