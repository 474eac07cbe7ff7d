using Pcapper.Engine;
using Pcapper.Modules.Protocols.WebSocket;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary><c>--http</c>: who asks whom for what in the clear, what came back, and what is wrong with it.</summary>
public sealed class HttpAnalyzer : Analyzer<HttpState>, IRecordConsumer<HttpTransaction>, IRecordConsumer<WebSocketSession>
{
    private readonly HttpJudge _judge;

    /// <summary>Initializes a new instance of the <see cref="HttpAnalyzer"/> class.</summary>
    public HttpAnalyzer() => _judge = new HttpJudge(State);

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "http", "--http", "HTTP", "requests, hosts, user agents, downloads, web attacks (HTTP/1, cleartext HTTP/2, WebSocket)", 1, HttpFindings.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<HttpTransaction>(this);
        bus.Subscribe<WebSocketSession>(this);
    }

    /// <inheritdoc/>
    public void Consume(HttpTransaction record)
    {
        Count(record);
        if (record.Request is { } request)
        {
            CountRequest(record, request);
            Row(State.Uploads, record, request, HttpFields.UploadName(request));
        }

        if (record.Response is { } response)
        {
            CountResponse(record, response);
            Row(State.Downloads, record, response, HttpFields.DownloadName(record.Request, response));
        }

        _judge.Judge(record);
    }

    /// <inheritdoc/>
    public void Consume(WebSocketSession record) => State.WebSockets.Add(new HttpSocketRow(
        record.Time, record.Frame, record.Client, new EndpointKey(record.Server, record.ServerPort, IpProtocol.Tcp),
        record.Sent.Messages, record.Sent.Bytes, record.Received.Messages, record.Received.Bytes, record.Sample));

    /// <inheritdoc/>
    public override void Conclude(HttpState state, Conclusions conclusions)
    {
        HttpSection.Write(state, conclusions.Section);
        HttpFindings.Conclude(state, conclusions);
        HttpSeries.Conclude(state, conclusions);
    }

    private void Count(HttpTransaction record)
    {
        Counters totals = State.Totals;
        totals[(int)HttpTotal.Transactions]++;
        totals[(int)HttpTotal.Unanswered] += record.Response is null ? 1 : 0;
        totals[(int)HttpTotal.WithoutRequest] += record.Request is null ? 1 : 0;
        totals[(int)HttpTotal.RequestBytes] += record.Request?.BodyBytes ?? 0;
        totals[(int)HttpTotal.ResponseBytes] += record.Response?.BodyBytes ?? 0;
        totals[(int)HttpTotal.Incomplete] += record.Response is { IsComplete: false } || record.Request is { IsComplete: false } ? 1 : 0;
        State.Versions[(record.Response ?? record.Request)!.Version].Add();
        State.Clients.Add(new AddressKey(record.Client));
        if (record.ResponseTime is long time)
        {
            State.ResponseTimes.Add(time);
        }
    }

    private void CountRequest(HttpTransaction record, HttpMessage request)
    {
        State.Methods[request.Method].Add(request.Frame);
        string host = record.Host is { Length: > 0 } name ? name : record.Server.ToString();
        HttpHostUse use = State.Hosts[host];
        use.Classes[Math.Clamp((record.Response?.Status ?? 0) / 100, 0, 6)]++;
        use.Clients.Add(new AddressKey(record.Client));
        use.Servers.Add(new EndpointKey(record.Server, record.ServerPort, IpProtocol.Tcp));
        use.When.Add(request.Time, request.Frame);
        HttpUrlUse url = State.Urls[request.Method == "CONNECT" ? request.Target : host + record.Path];
        url.Requests.Add();
        url.First.Add(request.Time.Nanoseconds, request.Frame);
        HttpAgentUse agent = State.Agents[request.Field("User-Agent")];
        agent.Requests.Add();
        agent.Clients.Add(record.Client);
        agent.Hosts.Add(host);
        agent.When.Add(request.Time, request.Frame);
        if (record.Response is { } response)
        {
            HttpProbing probing = State.Probing[new(new PairKey(record.Client, record.Server), record.ServerPort, host)];
            probing.Requests.Add();
            probing.When.Add(request.Time, request.Frame);
            if (response.Status == 404)
            {
                probing.Missing.Add(new TextKey(record.Path));
                probing.Samples.Add(record.Path);
                probing.Frames.Add(request.Frame);
            }
        }
    }

    private void CountResponse(HttpTransaction record, HttpMessage response)
    {
        State.Statuses[response.Status].Add(response.Frame);
        foreach (string field in (ReadOnlySpan<string>)["Server", "X-Powered-By"])
        {
            if (response.Field(field) is { Length: > 0 } software)
            {
                State.Software[new(new EndpointKey(record.Server, record.ServerPort, IpProtocol.Tcp), software)].Add(response.Frame);
            }
        }
    }

    private static void Row(Smallest<HttpFileRow> rows, HttpTransaction record, HttpMessage message, string? name)
    {
        if (message.BodyBytes > 0)
        {
            rows.Add(new HttpFileRow(
                message.Time, message.Frame, record.Client, new EndpointKey(record.Server, record.ServerPort, IpProtocol.Tcp),
                name, message.MediaType, message.SniffedType, message.BodyBytes, message.AnnouncedBytes ?? -1, message.IsComplete));
        }
    }
}
