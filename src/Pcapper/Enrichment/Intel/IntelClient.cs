using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Pcapper.Engine;
using Pcapper.Packets;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Pcapper.Enrichment.Intel;

/// <summary>Asks one service, one question after another: paced, each attempt with a time-out, repeated after a while if that may help, and no more once it fails again and again.</summary>
internal sealed class IntelClient : IDisposable
{
    /// <summary>How long one attempt may take.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(10);

    /// <summary>How long the service may ask to be left alone; if it wants more it is not asked again.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private const int Attempts = 3;
    private const int FailuresBeforeBreak = 6;

    private readonly IntelService _service;
    private readonly string _key;
    private readonly Uri _url;
    private readonly HttpMessageInvoker _sender;

    /// <summary>Initializes a new instance of the <see cref="IntelClient"/> class.</summary>
    /// <param name="service">The service.</param>
    /// <param name="options">The key, where to ask, and how often.</param>
    /// <param name="handler">What sends.</param>
    /// <param name="clock">What tells the time, and waits.</param>
    public IntelClient(IntelService service, IntelOptions options, HttpMessageHandler handler, TimeProvider clock)
    {
        _service = service;
        _key = options.Keys[service];
        _url = options.UrlOf(service);
        var pace = new Pace(options.Pause, clock);
        ResiliencePipeline<HttpResponseMessage> pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = Attempts - 1,
                Delay = TimeSpan.FromSeconds(1),
                BackoffType = DelayBackoffType.Exponential,
                ShouldRetryAfterHeader = true,
                ShouldHandle = attempt => ValueTask.FromResult(IsWorthRepeating(attempt.Outcome, clock)),
            })
            .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                FailureRatio = 0.9,
                MinimumThroughput = FailuresBeforeBreak,
                SamplingDuration = TimeSpan.FromMinutes(10),
                BreakDuration = TimeSpan.FromMinutes(10),
            })
            .AddRateLimiter(new HttpRateLimiterStrategyOptions { RateLimiter = attempt => pace.AcquireAsync(1, attempt.Context.CancellationToken) })
            .AddTimeout(new HttpTimeoutStrategyOptions { Timeout = AttemptTimeout })
            .Build();
        _sender = new HttpMessageInvoker(new ResilienceHandler(pipeline) { InnerHandler = new BoundedBodies(handler, Limits.IntelAnswer) });
    }

    /// <summary>Makes what sends over the network: no redirects, which would take the key elsewhere, and no cookies.</summary>
    public static HttpMessageHandler Network() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = AttemptTimeout, ActivityHeadersPropagator = null };

    /// <summary>Asks one question.</summary>
    public async Task<IntelReply> AskAsync(ReputationQuestion question, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_url, _service.PathOf(question)));
        request.Headers.TryAddWithoutValidation(_service.KeyHeader, _key);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", $"pcapper/{VersionText.Current}");
        try
        {
            using HttpResponseMessage response = await _sender.SendAsync(request, stop).ConfigureAwait(false);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => Read(await response.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false), question),
                HttpStatusCode.NotFound => IntelReply.Of(new Reputation(question, _service.Name, ReputationState.Unknown)),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => IntelReply.End($"it refuses the key ({_service.KeyVariable})"),
                HttpStatusCode.TooManyRequests => IntelReply.End("it wants no more requests for now"),
                _ => IntelReply.Failed($"it answers with the status {(int)response.StatusCode}"),
            };
        }
        catch (BrokenCircuitException)
        {
            return IntelReply.End("it failed too often");
        }
        catch (TimeoutRejectedException)
        {
            return IntelReply.Failed("it does not answer in time");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or RateLimiterRejectedException)
        {
            return IntelReply.Failed("it cannot be reached");
        }
        catch (OperationCanceledException)
        {
            return IntelReply.End("stopped by the user");
        }
    }

    /// <summary>Reads an answer; whatever is wrong with it makes it a failure.</summary>
    internal IntelReply Read(ReadOnlyMemory<byte> json, ReputationQuestion question)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Limits.IntelDepth });
            return _service.Read(document.RootElement, question) is { } answer ? IntelReply.Of(answer) : IntelReply.Failed("it answers something else");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return IntelReply.Failed("its answer is damaged, too large or nested too deeply");
        }
    }

    public void Dispose() => _sender.Dispose();

    private static bool IsWorthRepeating(Outcome<HttpResponseMessage> outcome, TimeProvider clock) => outcome switch
    {
        { Result.StatusCode: HttpStatusCode.TooManyRequests } => Wait(outcome.Result, clock) <= LongestWait,
        { Result.StatusCode: >= HttpStatusCode.InternalServerError } => Wait(outcome.Result, clock) <= LongestWait,
        { Result.StatusCode: HttpStatusCode.RequestTimeout } => true,
        { Exception: HttpRequestException or TimeoutRejectedException } => true,
        _ => false,
    };

    private static TimeSpan Wait(HttpResponseMessage response, TimeProvider clock)
        => response.Headers.RetryAfter is not { } after ? TimeSpan.Zero : after.Delta ?? (after.Date is { } date ? date - clock.GetUtcNow() : TimeSpan.Zero);
}
