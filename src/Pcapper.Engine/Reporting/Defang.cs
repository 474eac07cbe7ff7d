namespace Pcapper.Engine;

/// <summary>Makes addresses that nobody opens by accident: <c>hxxps[:]//evil[.]example/a.exe</c>.</summary>
public static class Defang
{
    /// <summary>Changes a value so that no program takes it for a link; <see cref="Undo"/> changes it back.</summary>
    public static string Of(string value)
    {
        int scheme = value.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return Host(value);
        }

        string name = value[..scheme].Replace("http", "hxxp", StringComparison.OrdinalIgnoreCase);
        int end = value.AsSpan(scheme + 3).IndexOfAny('/', '?', '#');
        string host = end < 0 ? value[(scheme + 3)..] : value.Substring(scheme + 3, end);
        return $"{name}[:]//{host.Replace(".", "[.]", StringComparison.Ordinal)}{(end < 0 ? "" : value[(scheme + 3 + end)..])}";
    }

    /// <summary>Changes a defanged value back, in the spellings that people use.</summary>
    public static string Undo(string value)
    {
        if (!value.AsSpan().ContainsAny('[', '(', '{') && !value.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase) && !value.StartsWith("fxp", StringComparison.OrdinalIgnoreCase))
        {
            return value;
        }

        foreach ((string changed, string plain) in (ReadOnlySpan<(string, string)>)
            [("[.]", "."), ("(.)", "."), ("{.}", "."), ("[dot]", "."), ("(dot)", "."), ("[:]", ":"), ("[://]", "://"), ("[@]", "@"), ("[at]", "@"), ("(at)", "@"), ("[/]", "/")])
        {
            value = value.Replace(changed, plain, StringComparison.OrdinalIgnoreCase);
        }

        return value.StartsWith("hxxp", StringComparison.OrdinalIgnoreCase) ? string.Concat("http", value.AsSpan(4))
            : value.StartsWith("fxp", StringComparison.OrdinalIgnoreCase) ? string.Concat("ftp", value.AsSpan(3)) : value;
    }

    private static string Host(string value) => value.Contains(':', StringComparison.Ordinal) && !value.Contains('.', StringComparison.Ordinal)
        ? value.Replace(":", "[:]", StringComparison.Ordinal)
        : value.Replace(".", "[.]", StringComparison.Ordinal).Replace("@", "[@]", StringComparison.Ordinal);
}
