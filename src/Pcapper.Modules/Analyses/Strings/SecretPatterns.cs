using System.Buffers;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Forms of keys and tokens, as those who issue them describe them: a mark that nothing else begins with, and a fixed length.</summary>
internal static class SecretPatterns
{
    private const int LongestToken = 255;

    private static readonly SearchValues<char> s_base32 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
    private static readonly SearchValues<char> s_letters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> s_url = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_");
    private static readonly SearchValues<char> s_dotted = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_.");
    private static readonly SearchValues<char> s_base64 = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/=");
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>Gets them all.</summary>
    public static IReadOnlyList<SecretPattern> All { get; } =
    [
        new("AWS access key", "AKIA", s_base32, 16, 16) { Check = HasDigit },
        new("AWS temporary access key", "ASIA", s_base32, 16, 16) { Check = HasDigit },
        new("Google API key", "AIza", s_url, 35, 35) { Check = HasDigit },
        new("Google OAuth client secret", "GOCSPX-", s_url, 28, 28),
        new("Google OAuth token", "ya29.", s_url, 40, 512),
        new("Azure storage key", "AccountKey=", s_base64, 88, 88) { IsBehindMark = true, Check = IsPadded },
        new("Azure shared access key", "SharedAccessKey=", s_base64, 44, 44) { IsBehindMark = true, Check = IsPadded },
        new("GitHub token", "ghp_", s_letters, 36, 36),
        new("GitHub token", "gho_", s_letters, 36, 36),
        new("GitHub token", "ghu_", s_letters, 36, 36),
        new("GitHub token", "ghs_", s_letters, 36, 36),
        new("GitHub token", "ghr_", s_letters, 36, LongestToken),
        new("GitHub token", "github_pat_", SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"), 82, 82),
        new("GitLab token", "glpat-", s_url, 20, 64),
        new("Slack token", "xoxb-", s_url, 24, LongestToken) { Check = HasDigit },
        new("Slack token", "xoxp-", s_url, 24, LongestToken) { Check = HasDigit },
        new("Slack token", "xoxa-", s_url, 24, LongestToken) { Check = HasDigit },
        new("Slack token", "xoxs-", s_url, 24, LongestToken) { Check = HasDigit },
        new("Stripe key", "sk_live_", s_letters, 24, LongestToken),
        new("Stripe key", "rk_live_", s_letters, 24, LongestToken),
        new("SendGrid key", "SG.", s_dotted, 66, 66) { Check = key => key.Length > 25 && key[25] == '.' },
        new("npm token", "npm_", s_letters, 36, 36),
        new("PyPI token", "pypi-AgE", s_url, 50, 512),
        new("Hugging Face token", "hf_", s_letters, 34, 34),
        new("DigitalOcean token", "dop_v1_", s_hex, 64, 64),
        new("Shopify token", "shpat_", SearchValues.Create("0123456789abcdefABCDEF"), 32, 32),
        new("Anthropic key", "sk-ant-", s_url, 80, LongestToken),
        new("OpenAI key", "sk-proj-", s_url, 40, LongestToken),
    ];

    // Some of sixteen random digits of base 32 are digits, but for one key in thirty; words have none.
    private static bool HasDigit(string key) => key.AsSpan(4).ContainsAnyInRange('0', '9') && !key.EndsWith("EXAMPLE", StringComparison.Ordinal);

    private static bool IsPadded(string key) => key.EndsWith('=') && key.IndexOf('=', StringComparison.Ordinal) >= key.Length - 2;
}
