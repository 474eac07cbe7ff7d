using System.Globalization;
using System.Net;

namespace Pcapper.Enrichment.Intel;

/// <summary>What the environment says of look-ups.</summary>
internal sealed record IntelOptions
{
    /// <summary>Must be 1, true, yes or y for anything to be sent.</summary>
    public const string OptInVariable = "PCAPPER_INTEL_OPT_IN";

    /// <summary>Where answers are kept, or "none".</summary>
    public const string CacheVariable = "PCAPPER_INTEL_CACHE";
    /// <summary>Seconds that an answer holds.</summary>
    public const string LifetimeVariable = "PCAPPER_IP_INTEL_CACHE_TTL";
    /// <summary>Seconds between two requests to one service.</summary>
    public const string PauseVariable = "PCAPPER_IP_INTEL_RATE_LIMIT";
    /// <summary>How many values are asked about.</summary>
    public const string MostVariable = "PCAPPER_IP_INTEL_LIMIT";
    private const string NoCache = "none";
    private const int LongestKey = 512;

    /// <summary>Gets a value indicating whether the user wants values to be sent.</summary>
    public bool IsOptedIn { get; init; }

    /// <summary>Gets the keys by service. They go into requests and nowhere else.</summary>
    public required IReadOnlyDictionary<IntelService, string> Keys { get; init; }

    /// <summary>Gets where services are asked that are not asked at their usual place.</summary>
    public IReadOnlyDictionary<IntelService, Uri> Urls { get; init; } = new Dictionary<IntelService, Uri>();

    /// <summary>Gets where answers are kept, or null for nowhere.</summary>
    public string? Cache { get; init; }

    /// <summary>Gets how long an answer holds.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Gets how long to wait between two requests to one service.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets how many values are asked about.</summary>
    public int Most { get; init; } = 25;

    /// <summary>Reads the environment.</summary>
    /// <exception cref="PcapperException">Something in it cannot be used; the message never has a key in it.</exception>
    public static IntelOptions From(Func<string, string?> environment)
    {
        var keys = new Dictionary<IntelService, string>();
        var urls = new Dictionary<IntelService, Uri>();
        foreach (IntelService service in IntelService.All)
        {
            if (environment(service.KeyVariable)?.Trim() is { Length: > 0 } key)
            {
                keys[service] = key.Length <= LongestKey && !key.AsSpan().ContainsAnyExceptInRange('!', '~') ? key
                    : throw new PcapperException($"{service.KeyVariable} does not hold a key: it is too long, or has characters that no key has", ExitCode.Usage);
            }

            if (environment(service.UrlVariable) is { Length: > 0 } url)
            {
                urls[service] = Url(url) ?? throw new PcapperException($"{service.UrlVariable} must be https://…/, or http://…/ of this machine", ExitCode.Usage);
            }
        }

        string? cache = environment(CacheVariable);
        return new IntelOptions
        {
            IsOptedIn = environment(OptInVariable)?.ToLowerInvariant() is "1" or "true" or "yes" or "y",
            Keys = keys,
            Urls = urls,
            Cache = cache == NoCache ? null : string.IsNullOrEmpty(cache) ? UsualCache(environment) : cache,
            Lifetime = TimeSpan.FromSeconds(Number(environment, LifetimeVariable, 86_400, 0, 366 * 86_400d)),
            Pause = TimeSpan.FromSeconds(Number(environment, PauseVariable, 1, 0, 3600)),
            Most = (int)Number(environment, MostVariable, 25, 1, 10_000),
        };
    }

    /// <summary>Gets where a service is asked.</summary>
    public Uri UrlOf(IntelService service) => Urls.TryGetValue(service, out Uri? url) ? url : service.BaseUrl;

    private static double Number(Func<string, string?> environment, string variable, double usual, double least, double most)
        => environment(variable) is not { Length: > 0 } text ? usual
            : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most ? number
            : throw new PcapperException(string.Create(CultureInfo.InvariantCulture, $"{variable} must be a number from {least} to {most}"), ExitCode.Usage);

    // A key goes to this place: nobody on the way may read it.
    private static Uri? Url(string text)
        => Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out Uri? url) && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && IPAddress.TryParse(url.DnsSafeHost, out IPAddress? address) && IPAddress.IsLoopback(address))) ? url : null;

    private static string? UsualCache(Func<string, string?> environment)
    {
        string? folder = environment("XDG_CACHE_HOME") is { Length: > 0 } caches ? caches : environment("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache") : null;
        return folder is null ? null : Path.Combine(folder, "pcapper", "intel.db");
    }
}
