using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>States what HTTP/1 and HTTP/2 parsers find: the transaction, and the shared facts that follow from it.</summary>
internal sealed class HttpEmitter(FlowContext flow, RecordBus bus)
{
    private readonly Emitter<HttpTransaction> _transactions = bus.Emitter<HttpTransaction>();
    private readonly Emitter<SoftwareSeen> _software = bus.Emitter<SoftwareSeen>();
    private readonly Emitter<NameSeen> _names = bus.Emitter<NameSeen>();
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly HttpLogins _logins = new(flow, bus);
    private readonly HttpNegotiation _negotiation = new(flow, bus);

    /// <summary>States a transaction.</summary>
    public void Emit(int depth, Direction requests, HttpMessage? request, HttpMessage? response, int interimStatus, string? interimReason)
    {
        HttpMessage? first = request ?? response;
        if (first is null)
        {
            return;
        }

        IpAddress server = flow.Id.Receiver(requests);
        ushort port = requests == Direction.ToResponder ? flow.Id.ResponderPort : flow.Id.OriginatorPort;
        var transaction = new HttpTransaction
        {
            Flow = flow.Id,
            Frame = first.Frame,
            Time = first.Time,
            Depth = depth,
            Client = flow.Id.Sender(requests),
            Server = server,
            ServerPort = port,
            Request = request,
            Response = response,
            InterimStatus = interimStatus,
            InterimReason = interimReason,
        };
        if (_transactions.IsWanted)
        {
            _transactions.Emit(transaction);
        }

        _negotiation.Take(transaction, requests);
        _logins.Take(transaction, requests);
        if (_software.IsWanted)
        {
            Software(transaction);
        }

        if (_names.IsWanted && request?.Field("Host") is string host && HttpFields.HostName(host) is string name)
        {
            _names.Emit(new NameSeen { Flow = flow.Id, Frame = request.Frame, Time = request.Time, Address = server, Name = name, Source = NameSource.HttpHost });
        }
    }

    /// <summary>States that a rule of the format was broken, or that a message has more than is kept.</summary>
    public void Anomaly(string rule, FrameRef frame, Timestamp time)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = "http", Rule = rule });
        }
    }

    private void Software(HttpTransaction transaction)
    {
        foreach (string field in (ReadOnlySpan<string>)["Server", "X-Powered-By"])
        {
            if (transaction.Response?.Field(field) is { Length: > 0 } banner)
            {
                Emit(transaction.Server, transaction.ServerPort, banner, transaction.Response);
            }
        }

        if (transaction.Request?.Field("User-Agent") is { Length: > 0 } agent)
        {
            Emit(transaction.Client, 0, agent, transaction.Request);
        }

        void Emit(IpAddress host, ushort port, string banner, HttpMessage message) => _software.Emit(new SoftwareSeen
        {
            Flow = flow.Id,
            Frame = message.Frame,
            Time = message.Time,
            Host = host,
            Port = port,
            Protocol = "http",
            Banner = banner,
        });
    }
}
