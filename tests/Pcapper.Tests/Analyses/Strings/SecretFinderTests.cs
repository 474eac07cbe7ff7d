using System.Buffers.Text;
using CsCheck;
using Pcapper.Modules.Analyses.Strings;
using Xunit;

namespace Pcapper.Tests.Analyses.Strings;

/// <summary>The keys and tokens here are made up.</summary>
public sealed class SecretFinderTests
{
    private const string Letters36 = "Ab1Ab2Ab3Ab4Ab5Ab6Ab7Ab8Ab9Ab0Ab1Ab2";

    [Theory]
    [InlineData("AWS access key", "AKIAIOSFODNN7ABCDEFG")]
    [InlineData("Google OAuth client secret", "GOCSPX-abcdefghijklmnopqrstuvwx1234")]
    [InlineData("GitHub token", "ghp_" + Letters36)]
    [InlineData("GitLab token", "glpat-abcdefghij1234567890")]
    [InlineData("Slack token", "xoxb-123456789012-abcdefghijk")]
    [InlineData("Stripe key", "sk_live_abcdefghijklmnopqrstuvwx")]
    [InlineData("npm token", "npm_" + Letters36)]
    public void A_key_is_known_by_its_form(string kind, string key)
    {
        Assert.Equal([new FoundSecret(kind, key, 4)], Find($"key={key};"));
        Assert.Equal([new FoundSecret(kind, key, 0)], Find(key));
        Assert.Empty(Find($"key={key[..^1]};"));
        Assert.Empty(Find($"x{key}"));
    }

    [Theory]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("ASIAPACIFICREGIONXXX")]
    [InlineData("AKIAIOSFODNN7ABCDEFGH")]
    [InlineData("npm_install_this_package_before_you_use_it")]
    public void What_only_looks_like_one_is_none(string text) => Assert.Empty(Find(text));

    [Fact]
    public void A_web_token_has_a_header_that_names_its_algorithm()
    {
        string token = $"{Encoded("""{"alg":"HS256","typ":"JWT"}""")}.{Encoded("""{"sub":"1"}""")}.c2lnbmF0dXJl";
        Assert.Equal([new FoundSecret(SecretFinder.WebToken, token, 7)], Find($"Bearer {token}"));
        Assert.Empty(Find($"{Encoded("""{"typ":"JWT"}""")}.{Encoded("""{"sub":"1"}""")}.c2lnbmF0dXJl"));
        Assert.Empty(Find("eyJhbGciOiJ.eyJzdWIiO.abc"));
        Assert.Empty(Find(token[..token.LastIndexOf('.')]));
    }

    [Fact]
    public void A_private_key_needs_its_first_line()
    {
        Assert.True(SecretFinder.BeginsKey("-----BEGIN RSA PRIVATE KEY-----"));
        Assert.False(SecretFinder.BeginsKey("-----BEGIN CERTIFICATE-----"));
        Assert.True(SecretFinder.IsKeyText("MIIEpAIBAAKCAQEA04up8hoqzS1APIB0RhjXyObwHQnOzhAk"));
        Assert.False(SecretFinder.IsKeyText("is how a key begins"));
        Assert.Single(Find("""{"private_key": "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n-----END PRIVATE KEY-----\n"}"""));
        Assert.Empty(Find("look for -----BEGIN PRIVATE KEY----- in files"));
    }

    [Theory]
    [InlineData("DB_PASSWORD=hunter2", "hunter2")]
    [InlineData("password: hunter2", "hunter2")]
    [InlineData("\"password\": \"hunter2\",", "hunter2")]
    [InlineData("export API_KEY='abc123def'", "abc123def")]
    [InlineData("user=anna&password=hunter2&go=1", "hunter2")]
    [InlineData("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz0example", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz0example")]
    [InlineData("\"password\": \"Passwort\",", null)]
    [InlineData("password: options.password,", null)]
    [InlineData("password = getPassword();", null)]
    [InlineData("var password = 'hunter2';", null)]
    [InlineData("<input type=\"password\" name=\"p\">", null)]
    [InlineData("password=${PASSWORD}", null)]
    [InlineData("PASSWORD=changeme1", null)]
    [InlineData("Please enter your password: now1", null)]
    public void A_password_is_given_a_name_and_nothing_else(string line, string? password)
    {
        var found = new List<FoundSecret>();
        AssignmentFinder.Find(line, true, found);
        Assert.Equal(password is null ? [] : [password], found.Select(f => f.Text));
        Assert.All(found, f => Assert.Equal(f.Text, line.Substring(f.At, f.Text.Length)));
    }

    [Theory]
    [InlineData("whoami", true)]
    [InlineData("connection established", true)]
    [InlineData("CreateRemoteThread", true)]
    [InlineData("2024-01-31 12:00:03", true)]
    [InlineData("d41d8cd98f00b204e9800998ecf8427e", true)]
    [InlineData("Größe für alle", true)]
    [InlineData("Привет", true)]
    [InlineData("x9$Q!7z", false)]
    [InlineData("UUUUUUUUUUUUUUUUUUUUUUUU", false)]
    [InlineData("()*456789:CDEFGHIJSTUVWXYZcdefghijstuvwxyz", false)]
    [InlineData("PSQRVWUAPAQARASATAUAVAWj+e", false)]
    public void Text_is_told_from_chance(string text, bool isText) => Assert.Equal(isText, Plausibility.IsText(text, false));

    [Fact]
    public void Any_text_is_survived() => Gen.String[0, 200].Always(text =>
    {
        var found = new List<FoundSecret>();
        SecretFinder.Find(text, found);
        AssignmentFinder.Find(text, true, found);
        _ = Plausibility.IsText(text, false);
        NameFinder.Mailboxes(text, []);
        NameFinder.Hosts(text, []);
    });

    private static List<FoundSecret> Find(string text)
    {
        var found = new List<FoundSecret>();
        SecretFinder.Find(text, found);
        return found;
    }

    private static string Encoded(string json) => Base64Url.EncodeToString(System.Text.Encoding.ASCII.GetBytes(json));
}
