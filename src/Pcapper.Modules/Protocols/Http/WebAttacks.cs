using System.Buffers;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Looks for attacks in requests: in the path, in each value of query and form, and in fields that servers log.</summary>
internal static class WebAttacks
{
    private const int MaxSample = 160;
    private const int MinimumRepeated = 64;

    private static readonly SearchValues<char> s_plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/.,:=~!@");
    private static readonly SearchValues<string> s_files = SearchValues.Create(
        ["etc/passwd", "etc/shadow", "etc/hosts", "proc/self/", "windows/win.ini", "windows\\win.ini", "boot.ini", "winnt/", "winnt\\", "windows/system32", "windows\\system32", "web-inf/web.xml"], StringComparison.Ordinal);

    private static readonly SearchValues<string> s_wrappedDots = SearchValues.Create(
        ["%2e%2e", "%2e.", ".%2e", "..%2f", "..%5c", "..%252f", "..%255c", "%252e%252e", "..%c0%af", "..%c1%9c"], StringComparison.OrdinalIgnoreCase);

    private static readonly HashSet<string> s_commandFields = new(StringComparer.OrdinalIgnoreCase) { "cmd", "command", "exec", "execute", "shell", "c", "x", "0", "code", "run", "q" };
    private static readonly string[] s_logged = ["User-Agent", "Referer", "X-Forwarded-For", "X-Api-Version", "Cookie", "Accept", "Accept-Language", "Authorization", "Origin", "Content-Type", "X-Client-IP", "From"];
    private static readonly string[] s_scripts = [".php", ".asp", ".aspx", ".ashx", ".jsp", ".jspx", ".cfm", ".cgi", ".pl"];

    /// <summary>Finds the attacks of a request; usually none.</summary>
    public static List<WebAttack>? Find(HttpMessage request)
    {
        List<WebAttack>? found = null;
        string target = request.Target;
        int question = target.IndexOf('?', StringComparison.Ordinal);
        string path = HttpFields.PathOf(target);
        Path(path, ref found);
        if (question >= 0)
        {
            Values(path, target[(question + 1)..], ref found);
        }

        Body(request, path, ref found);
        foreach (string name in s_logged)
        {
            if (request.Field(name) is { Length: > 3 } value)
            {
                Field(name, value, ref found);
            }
        }

        // A request has more fields than the well-known ones; these two marks are never harmless.
        for (int i = 0; i < request.Fields.Count; i++)
        {
            (string name, string value) = request.Fields[i];
            if (value.Length > MinimumRepeated && IsRepeated(request.Fields, i))
            {
                continue;
            }

            if (value.Contains("() {", StringComparison.Ordinal) && value.AsSpan().TrimStart().StartsWith("() {"))
            {
                Add(ref found, HttpEvidenceKind.Shellshock, $"{name}: {value}");
            }

            Lookup($"{name}: ", value, ref found);
        }

        return found;
    }

    // Header compression (RFC 7541) makes the same text a field many times at the price of a byte each: it is searched once.
    private static bool IsRepeated(IReadOnlyList<(string Name, string Value)> fields, int at)
    {
        for (int i = 0; i < at; i++)
        {
            if (ReferenceEquals(fields[i].Value, fields[at].Value))
            {
                return true;
            }
        }

        return false;
    }

    private static void Path(string path, ref List<WebAttack>? found)
    {
        if (path.Length == 0 || (path.AsSpan().IndexOfAnyExcept(s_plain) < 0 && !path.Contains("..", StringComparison.Ordinal)))
        {
            return;
        }

        string text = RequestText.Normalize(path, isForm: false);
        if (ClimbsAboveRoot(text) || path.AsSpan().ContainsAny(s_wrappedDots) || (text.Contains("../", StringComparison.Ordinal) && text.AsSpan().ContainsAny(s_files)))
        {
            Add(ref found, HttpEvidenceKind.PathTraversal, text);
        }

        Code(text, text, ref found);
        Lookup(string.Empty, path, ref found);
    }

    private static void Values(string path, string query, ref List<WebAttack>? found)
    {
        foreach ((string name, string value) in HttpForms.Fields(query))
        {
            bool isPlain = value.AsSpan().IndexOfAnyExcept(s_plain) < 0 && name.AsSpan().IndexOfAnyExcept(s_plain) < 0;
            bool isScript = s_commandFields.Contains(name) && Array.Exists(s_scripts, script => path.EndsWith(script, StringComparison.OrdinalIgnoreCase));
            if (isPlain && !isScript && !value.Contains("..", StringComparison.Ordinal) && !value.Contains("//", StringComparison.Ordinal))
            {
                continue;
            }

            Value(name, value, isScript, ref found);
        }
    }

    private static void Value(string name, string value, bool isScript, ref List<WebAttack>? found)
    {
        string text = RequestText.Normalize(value, isForm: true);
        string sample = name.Length == 0 ? text : $"{name}={text}";
        if (isScript && InjectionText.IsBareCommand(text))
        {
            Add(ref found, HttpEvidenceKind.WebShell, sample);
            return;
        }

        bool climbs = text.Contains("../../", StringComparison.Ordinal) || text.Contains("..\\..\\", StringComparison.Ordinal);
        if ((climbs || text.StartsWith("..", StringComparison.Ordinal) || text.StartsWith('/') || text.StartsWith("file:", StringComparison.Ordinal)) && (climbs || text.AsSpan().ContainsAny(s_files)))
        {
            Add(ref found, HttpEvidenceKind.PathTraversal, sample);
        }

        if (InjectionText.IsSql(text))
        {
            Add(ref found, HttpEvidenceKind.SqlInjection, sample);
        }

        Code(text, sample, ref found);
        Code(RequestText.Normalize(name, isForm: true), sample, ref found);
        Lookup(sample.Length > value.Length ? name + "=" : string.Empty, value, ref found);
    }

    private static void Code(string text, string sample, ref List<WebAttack>? found)
    {
        if (text.Length == 0)
        {
            return;
        }

        if (InjectionText.IsCommand(text))
        {
            Add(ref found, HttpEvidenceKind.CommandInjection, sample);
        }

        if (InjectionText.IsCode(text))
        {
            Add(ref found, HttpEvidenceKind.CodeInjection, sample);
        }

        if (InjectionText.IsScript(text))
        {
            Add(ref found, HttpEvidenceKind.CrossSiteScripting, sample);
        }
    }

    private static void Body(HttpMessage request, string path, ref List<WebAttack>? found)
    {
        string body = request.Method is "POST" or "PUT" or "PATCH" ? HttpForms.Body(request) : string.Empty;
        if (KnownExploits.Find(request, request.Target.ToLowerInvariant(), body) is string exploit)
        {
            Add(ref found, HttpEvidenceKind.KnownExploit, exploit);
        }

        if (body.Length == 0)
        {
            return;
        }

        string lower = RequestText.Normalize(body, isForm: HttpForms.IsForm(request));
        if (lower.Contains("@eval(", StringComparison.Ordinal) || lower.Contains("eval(base64_decode($_post", StringComparison.Ordinal) || lower.Contains("response.write(\"->|\")", StringComparison.Ordinal))
        {
            Add(ref found, HttpEvidenceKind.WebShell, lower);
            return;
        }

        if (HttpForms.IsForm(request))
        {
            Values(path, body, ref found);
        }
        else
        {
            // In structured texts quotes, brackets and separators are ordinary.
            if (InjectionText.HasSqlPhrase(lower))
            {
                Add(ref found, HttpEvidenceKind.SqlInjection, lower);
            }

            if (InjectionText.IsCode(lower))
            {
                Add(ref found, HttpEvidenceKind.CodeInjection, lower);
            }

            Lookup(string.Empty, body, ref found);
        }
    }

    private static void Field(string name, string value, ref List<WebAttack>? found)
    {
        if (name is not ("Referer" or "Accept" or "Authorization") && InjectionText.HasSqlPhrase(RequestText.Normalize(value, isForm: false)))
        {
            Add(ref found, HttpEvidenceKind.SqlInjection, $"{name}: {value}");
        }

        // CVE-2017-5638: an expression where a media type is parsed.
        if (name == "Content-Type" && value.Contains("%{", StringComparison.Ordinal) && value.Contains('#', StringComparison.Ordinal))
        {
            Add(ref found, HttpEvidenceKind.CodeInjection, $"{name}: {value}");
        }
    }

    private static void Lookup(string prefix, string value, ref List<WebAttack>? found)
    {
        if (!value.Contains("${", StringComparison.Ordinal) && !value.Contains("%7b", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        string text = RequestText.WithoutLookups(RequestText.Normalize(value, isForm: false));
        if (text.Contains("${jndi:", StringComparison.Ordinal))
        {
            Add(ref found, HttpEvidenceKind.Log4Shell, prefix + text);
        }
    }

    private static bool ClimbsAboveRoot(string path)
    {
        int depth = 0;
        foreach (Range range in path.AsSpan().SplitAny('/', '\\'))
        {
            ReadOnlySpan<char> part = path.AsSpan()[range];
            depth += part.IsEmpty || part is "." ? 0 : part is ".." or "..;" ? -1 : 1;
            if (depth < 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(ref List<WebAttack>? found, HttpEvidenceKind kind, string sample)
    {
        found ??= [];
        if (!found.Exists(attack => attack.Kind == kind))
        {
            found.Add(new(kind, sample.Length > MaxSample ? sample[..MaxSample] : sample));
        }
    }
}
