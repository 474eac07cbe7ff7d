using System.CommandLine;
using System.Text;
using Pcapper.Enrichment.Addresses;
using Pcapper.Enrichment.Intel;
using Pcapper.Yara;

namespace Pcapper.Commands;

/// <summary>Writes the help: usage, examples, then the options by group.</summary>
internal static class HelpText
{
    private const int Left = 30;

    /// <summary>Writes it.</summary>
    public static string Write(CommandLine line)
    {
        var text = new StringBuilder();
        text.Append("pcapper TARGET... [options]\n\n").Append(line.Root.Description).Append("\n\n");
        text.Append("Examples\n");
        foreach ((string command, string what) in (ReadOnlySpan<(string, string)>)
        [
            ("pcapper office.pcapng", "the triage report: one screen"),
            ("pcapper office.pcapng --dns --tls -v", "two modules, all rows"),
            ("pcapper office.pcapng --all --output json", "everything, for jq"),
            ("pcapper captures/ -r --threats", "all captures of a folder as one"),
            ("pcapper big.pcap.zst --log-export zeek --log-out logs", "conn.log, dns.log, http.log, ..."),
        ])
        {
            text.Append("  ").Append(command.PadRight(56)).Append(what).Append('\n');
        }

        foreach (IGrouping<string, (string Group, Option Option)> group in line.Groups.GroupBy(g => g.Group, StringComparer.Ordinal))
        {
            text.Append('\n').Append(group.Key).Append('\n');
            foreach ((_, Option option) in group)
            {
                Append(text, option);
            }
        }

        text.Append("\nEnvironment\n");
        foreach ((string name, string what) in (ReadOnlySpan<(string, string)>)
        [
            (AddressBook.PlacesVariable, "databases of countries or cities (.mmdb; several as in PATH)"),
            (AddressBook.NetworksVariable, "databases of autonomous systems (.mmdb)"),
            (IntelOptions.OptInVariable, "1: ask reputation services about public values"),
            .. IntelService.All.Select(service => (service.KeyVariable, $"the key for {service.Name}")),
            (IntelOptions.CacheVariable, "where answers are kept (default ~/.cache/pcapper/intel.db), or none"),
            (IntelOptions.LifetimeVariable, "seconds that they hold (default 86400)"),
            (IntelOptions.PauseVariable, "seconds between two requests to a service (default 1)"),
            (IntelOptions.MostVariable, "values asked about in a run (default 25)"),
            (YaraJob.Variable, "YARA rules, a file or a folder"),
        ])
        {
            text.Append("  ").Append(name.PadRight(Left)).Append(' ').Append(what).Append('\n');
        }

        text.Append("\nExit codes: 0 fine, 1 findings (--fail-on), 2 usage, 3 some input unreadable or cut, 4 internal problem, 130 interrupted.\n");
        return text.ToString();
    }

    private static void Append(StringBuilder text, Option option)
    {
        IEnumerable<string> names = option.Aliases.Where(a => a.Length == 2).Order(StringComparer.Ordinal).Append(option.Name);
        string left = string.Join(", ", names) + (option.HelpName is null ? "" : " " + option.HelpName);
        text.Append("  ").Append(left.PadRight(Left)).Append(' ').Append(option.Description).Append('\n');
    }
}
