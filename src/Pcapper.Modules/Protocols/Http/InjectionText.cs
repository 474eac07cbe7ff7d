using System.Buffers;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Tells injected code by its grammar, in a value that <see cref="RequestText.Normalize"/> has prepared.</summary>
internal static class InjectionText
{
    private const string Quotes = "'\"`)";

    // Phrases that databases understand and people do not write.
    private static readonly SearchValues<string> s_sql = SearchValues.Create(
        [
            "union select ", "union all select ", "union distinct select ", "information_schema.", "xp_cmdshell", "waitfor delay ", "pg_sleep(", "extractvalue(1", "updatexml(1",
            "into outfile '", "into dumpfile '", "load_file(", "dbms_pipe.receive_message", "utl_inaddr.", "utl_http.request", "sysobjects where", "select sleep(", "and sleep(", "or sleep(",
            "benchmark(1", "benchmark(5", "select count(*) from", "select concat(", "; drop table ", ";drop table ", "' order by 1", "group_concat(", "@@version",
        ],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> s_code = SearchValues.Create(
        [
            "php://input", "php://filter", "expect://", "data://text/plain;base64", "allow_url_include", "auto_prepend_file", "@java.lang.runtime", "java.lang.processbuilder", "getruntime().exec",
            "#_memberaccess", "@ognl.ognlcontext", "class.module.classloader", "t(java.lang.runtime)", "__import__('os')", "__class__.__mro__", "__subclasses__", "<?php", "<%@ page", "eval(base64_decode(",
            "{{7*7}}", "${7*7}", "#{7*7}", "<!entity", "freemarker.template.utility.execute",
        ],
        StringComparison.Ordinal);

    private static readonly string[] s_strong =
    [
        "/bin/sh", "/bin/bash", "/usr/bin/", "cmd.exe", "cmd /c", "powershell", "wget http", "wget -", "wget ftp", "curl http", "curl -", "tftp -", "busybox ", "nc -", "ncat -", "uname -", "cat /", "cat ../", "rm -rf",
        "chmod +", "chmod 7", "cd /tmp", "cd /var", "bash -", "sh -c", "ping -", "nslookup ", "whoami", "ifconfig", "ipconfig", "python -c", "perl -e", "certutil", "sleep 1", "sleep 5", "echo -n", "ls -", "ls /", "netstat", "cp /", "env|", "printenv",
    ];

    private static readonly string[] s_alone = ["id", "ls", "uname", "pwd", "dir", "env", "ps", "set"];

    /// <summary>Tells whether a value holds SQL that ends one statement and begins another.</summary>
    public static bool IsSql(string value) => value.AsSpan().ContainsAny(s_sql) || EndsInComment(value) || HasTautology(value);

    /// <summary>Tells whether a value holds the phrases alone that databases understand: for texts in which quotes are ordinary.</summary>
    public static bool HasSqlPhrase(string value) => value.AsSpan().ContainsAny(s_sql);

    /// <summary>Tells whether a value holds code of a scripting language, a template or an expression language.</summary>
    public static bool IsCode(string value) => value.AsSpan().ContainsAny(s_code);

    /// <summary>Tells whether a value brings script into a page.</summary>
    public static bool IsScript(string value)
    {
        if (value.Contains("<script", StringComparison.Ordinal) || value.Contains("javascript:alert", StringComparison.Ordinal))
        {
            return true;
        }

        int tag = value.IndexOf('<', StringComparison.Ordinal);
        return tag >= 0 && tag + 1 < value.Length && char.IsAsciiLetter(value[tag + 1])
            && (value.IndexOf("onerror=", tag, StringComparison.Ordinal) >= 0 || value.IndexOf("onload=", tag, StringComparison.Ordinal) >= 0
                || value.IndexOf("onmouseover=", tag, StringComparison.Ordinal) >= 0 || value.IndexOf("javascript:", tag, StringComparison.Ordinal) >= 0);
    }

    /// <summary>Tells whether a value leaves an argument and begins a command of a shell.</summary>
    public static bool IsCommand(string value)
    {
        for (int at = 0; at < value.Length && value.AsSpan(at).IndexOfAny(";|&`$") is >= 0 and var found;)
        {
            int separator = at + found;
            at = separator + 1;
            int start = at;
            if (value[separator] == '$')
            {
                if (start >= value.Length || value[start] != '(')
                {
                    continue;
                }

                start++;
            }

            while (start < value.Length && value[start] is ' ' or ';' or '|' or '&' or '{')
            {
                start++;
            }

            if (IsCommandAt(value.AsSpan(start)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells whether a value is a command of a shell from its first letter on, as web shells are given.</summary>
    public static bool IsBareCommand(string value)
    {
        ReadOnlySpan<char> text = value.AsSpan().TrimStart(' ');
        return IsCommandAt(text) || text.StartsWith("net user", StringComparison.Ordinal) || text.StartsWith("net localgroup", StringComparison.Ordinal)
            || text.StartsWith("systeminfo", StringComparison.Ordinal) || text.StartsWith("tasklist", StringComparison.Ordinal) || text.StartsWith("dir c:", StringComparison.Ordinal);
    }

    private static bool IsCommandAt(ReadOnlySpan<char> text)
    {
        foreach (string command in s_strong)
        {
            if (text.StartsWith(command, StringComparison.Ordinal) && (!char.IsAsciiLetter(command[^1]) || text.Length == command.Length || !char.IsAsciiLetterOrDigit(text[command.Length])))
            {
                return true;
            }
        }

        foreach (string command in s_alone)
        {
            if (text.StartsWith(command, StringComparison.Ordinal) && text[command.Length..].TrimEnd(' ') is [] or [';', ..] or ['|', ..] or [')', ..] or ['`', ..])
            {
                return true;
            }
        }

        return false;
    }

    // A quote that closes a literal, and a comment that swallows the rest of the statement: admin'--
    private static bool EndsInComment(string value)
    {
        ReadOnlySpan<char> text = value.AsSpan().TrimEnd(" +");
        text = text.EndsWith("--") ? text[..^2] : text.EndsWith("#") ? text[..^1] : default;
        text = text.TrimEnd(" ;)");
        return text.EndsWith("'") || text.EndsWith("\"");
    }

    // "' or 'a'='a", "1) and 5=5": a quote or digit, a logical word, and the same thing on both sides of a sign of equality.
    private static bool HasTautology(string value)
    {
        foreach (string word in (ReadOnlySpan<string>)["or ", "and ", "|| "])
        {
            for (int at = 0; (at = value.IndexOf(word, at, StringComparison.Ordinal)) >= 0; at += word.Length)
            {
                ReadOnlySpan<char> before = value.AsSpan(0, at).TrimEnd(' ');
                bool isOperand = !before.IsEmpty && (Quotes.Contains(before[^1], StringComparison.Ordinal) || (char.IsAsciiDigit(before[^1]) && value[at - 1] == ' '));
                if (isOperand && IsComparison(value.AsSpan(at + word.Length)))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsComparison(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" ('\"");
        int end = text.IndexOfAnyExceptInRange('0', 'z');
        int equals = text.IndexOf('=');
        ReadOnlySpan<char> left = text[..Math.Max(0, equals)].TrimEnd(" )'\"");
        if (equals <= 0 || left.IsEmpty || left.Length > 32 || (end >= 0 && end < left.Length))
        {
            return false;
        }

        ReadOnlySpan<char> right = text[(equals + 1)..].TrimStart(" ('\"");
        bool bothNumbers = !left.ContainsAnyExceptInRange('0', '9') && !right.IsEmpty && char.IsAsciiDigit(right[0]);
        return bothNumbers || (right.StartsWith(left, StringComparison.Ordinal) && (right.Length == left.Length || !char.IsAsciiLetterOrDigit(right[left.Length])));
    }
}
