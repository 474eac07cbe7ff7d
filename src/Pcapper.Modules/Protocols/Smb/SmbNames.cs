using System.Buffers;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Tells from the names of shares, files and pipes what they are for.</summary>
internal static class SmbNames
{
    private const int MostExtension = 16;

    private static readonly SearchValues<char> s_epoch = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdef");
    private static readonly string[] s_preferences = ["Groups.xml", "Services.xml", "ScheduledTasks.xml", "DataSources.xml", "Drives.xml", "Printers.xml"];
    private static readonly string[] s_tools = ["mimikatz", "mimidrv", "mimilib", "rubeus", "sharphound", "lazagne", "pwdump", "safetykatz", "winpeas", "kekeo"];
    private static readonly string[] s_programs = [".exe", ".dll", ".sys", ".scr", ".com", ".bat", ".cmd", ".ps1", ".vbs", ".msi", ".hta"];

    /// <summary>Gets the extension in lower case, with its dot; empty if there is none.</summary>
    public static string Extension(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot <= name.LastIndexOf('\\') || name.Length - dot > MostExtension ? string.Empty : name[dot..].ToLowerInvariant();
    }

    /// <summary>Gets the last part of a path.</summary>
    public static string Last(string path) => path[(path.LastIndexOf('\\') + 1)..];

    /// <summary>Tells whether a share is one that only administrators can use: <c>ADMIN$</c>, <c>C$</c>.</summary>
    public static bool IsAdministrative(string share)
        => Last(share) is var name && (name.Equals("ADMIN$", StringComparison.OrdinalIgnoreCase) || (name.Length == 2 && name[1] == '$' && char.IsAsciiLetter(name[0])));

    /// <summary>Tells whether a file is a program, by its name or by what it holds.</summary>
    public static bool IsProgram(string name, IReadOnlyList<string> types)
        => s_programs.Contains(Extension(name), StringComparer.Ordinal)
            || types.Any(type => type.Contains("executable", StringComparison.Ordinal) || type.Contains("dosexec", StringComparison.Ordinal));

    /// <summary>Tells whether a file is a group policy preference that may hold passwords (MS-GPPREF, 2.2.1): <c>…\Preferences\Groups\Groups.xml</c>.</summary>
    public static bool IsPreference(string name)
        => name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && name.Contains("\\Preferences\\", StringComparison.OrdinalIgnoreCase)
            && s_preferences.Contains(Last(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Names the tool that writes the output of commands to such a file on an administrative share; null if none does.</summary>
    public static string? CommandOutput(string name)
    {
        string last = Last(name);
        return last.Equals("__output", StringComparison.OrdinalIgnoreCase) ? "Impacket smbexec"
            : last.Length is > 10 and < 24 && last.StartsWith("__1", StringComparison.Ordinal) && !last.AsSpan(2).ContainsAnyExcept(s_epoch) ? "Impacket wmiexec or dcomexec"
            : last.Length == 12 && last.EndsWith(".tmp", StringComparison.Ordinal) && name.StartsWith("Temp\\", StringComparison.OrdinalIgnoreCase)
                && !last.AsSpan(0, 8).ContainsAnyExceptInRange('A', 'z') ? "Impacket atexec"
            : null;
    }

    /// <summary>Names what a pipe belongs to, if only attackers' or administrators' remote shells use it; null otherwise.</summary>
    public static string? RemoteShell(string pipe)
        => pipe.StartsWith("psexesvc", StringComparison.OrdinalIgnoreCase) ? "PsExec"
            : pipe.StartsWith("RemCom_", StringComparison.OrdinalIgnoreCase) ? "RemCom (Impacket psexec)"
            : pipe.StartsWith("paexec", StringComparison.OrdinalIgnoreCase) ? "PAExec"
            : pipe.StartsWith("csexec", StringComparison.OrdinalIgnoreCase) ? "CSExec"
            : null;

    /// <summary>Tells whether a pipe has a default name of Cobalt Strike.</summary>
    public static bool IsBeacon(string pipe)
        => IsPattern(pipe, "msagent_", 2, string.Empty) || IsPattern(pipe, "postex_", 4, string.Empty) || IsPattern(pipe, "postex_ssh_", 4, string.Empty)
            || IsPattern(pipe, "status_", 2, string.Empty) || IsPattern(pipe, "MSSE-", 4, "-server");

    /// <summary>Tells whether a file is named like a well-known tool for stealing passwords.</summary>
    public static bool IsAttackTool(string name)
        => s_tools.Any(tool => Last(name).Contains(tool, StringComparison.OrdinalIgnoreCase));

    /// <summary>Tells whether a file holds secrets of many accounts: the directory, the registry's account hives, a dump of LSASS, tickets.</summary>
    public static bool HoldsSecrets(string name)
    {
        string last = Last(name).ToLowerInvariant();
        return last is "ntds.dit" || last.EndsWith(".kirbi", StringComparison.Ordinal) || last.EndsWith(".ccache", StringComparison.Ordinal)
            || (last.StartsWith("lsass", StringComparison.Ordinal) && last.EndsWith(".dmp", StringComparison.Ordinal))
            || (last is "sam" or "security" && name.Contains("\\config\\", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsPattern(string pipe, string prefix, int digits, string suffix)
        => pipe.Length >= prefix.Length + digits + suffix.Length && pipe.Length <= prefix.Length + 8 + suffix.Length
            && pipe.StartsWith(prefix, StringComparison.Ordinal) && pipe.EndsWith(suffix, StringComparison.Ordinal)
            && !pipe.AsSpan(prefix.Length, pipe.Length - prefix.Length - suffix.Length).ContainsAnyExcept(s_hexadecimal);
}
