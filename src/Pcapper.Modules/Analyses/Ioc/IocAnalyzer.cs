using System.Security.Cryptography;
using Pcapper.Engine;
using Pcapper.Modules.FileTypes;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Http;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Modules.Protocols.Ssh;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Ioc;

/// <summary>Gathers observables; what they mean is <see cref="IocRollup"/>'s to say, which knows the findings of all modules.</summary>
public sealed class IocAnalyzer : Analyzer<IocState>, IRecordConsumer<FlowEnded>, IRecordConsumer<DnsMessage>, IRecordConsumer<HttpTransaction>,
    IRecordConsumer<TlsConnection>, IRecordConsumer<SshConnection>, IRecordConsumer<CertificateSeen>, IRecordConsumer<MailSeen>, IRecordConsumer<FileTransfer>
{
    private WatchIndex? _watch;

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new("observables", "", "Observables", "", 2, []);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<FlowEnded>(this);
        bus.Subscribe<DnsMessage>(this);
        bus.Subscribe<HttpTransaction>(this);
        bus.Subscribe<TlsConnection>(this);
        bus.Subscribe<SshConnection>(this);
        bus.Subscribe<CertificateSeen>(this);
        bus.Subscribe<MailSeen>(this);
        bus.Subscribe<FileTransfer>(this);
        bus.RequireServices();
        bus.Files.RequireHashes();
        _watch = bus.Watched.Count > 0 ? new WatchIndex(bus.Watched) : null;
    }

    /// <inheritdoc/>
    public void Consume(FlowEnded record)
    {
        string place = record.Services.Count > 0 ? record.Services[^1] : record.Flow.Key.Protocol.ToString().ToLowerInvariant();
        AddFlow(record, record.Flow.Originator, record.Flow.Responder, place);
        AddFlow(record, record.Flow.Responder, record.Flow.Originator, place);
    }

    /// <inheritdoc/>
    public void Consume(DnsMessage record)
    {
        if (record.Kind != DnsKind.Dns)
        {
            return;
        }

        IpAddress client = record.IsResponse ? record.Flow.Receiver(record.Direction) : record.Flow.Sender(record.Direction);
        foreach (DnsQuestion question in record.Questions)
        {
            AddName(record, question.Name, record.IsResponse ? "dns answer" : "dns query", client);
        }

        foreach (DnsResourceRecord answer in record.Answers)
        {
            const int Alias = 5;
            AddName(record, answer.Name, "dns answer", client);
            AddName(record, answer.Type == Alias ? answer.Data : null, "dns answer", client);
            AddAddress(record, answer.Address, "dns answer", client);
        }
    }

    /// <inheritdoc/>
    public void Consume(HttpTransaction record)
    {
        if (record.Request is not { } request)
        {
            return;
        }

        if (record.Host is { Length: > 0 } host)
        {
            AddHost(record, host, "http host", record.Client);
        }

        // The target of CONNECT is an authority, that of OPTIONS may be a star (RFC 9112, 3.2).
        if (request.Method != "CONNECT" && request.Target is { Length: > 1 } target && target[0] != '*')
        {
            string server = record.Host is { Length: > 0 } name ? name : record.Server.ToString();
            AddUrl(record, IocValues.Url("http", server, record.ServerPort, target), "http", record.Client);
        }

        AddOther(record, IndicatorKind.UserAgent, IocValues.Plain(request.Field("User-Agent")), "http", record.Client);
    }

    /// <inheritdoc/>
    public void Consume(TlsConnection record)
    {
        AddName(record, record.ServerName, "tls server name", record.Client);
        AddOther(record, IndicatorKind.Ja3, record.Ja3, "tls client", record.Client);
        AddOther(record, IndicatorKind.Ja3s, record.Ja3s, "tls server", record.Server);
        AddOther(record, IndicatorKind.Ja4, record.Ja4, "tls client", record.Client);
    }

    /// <inheritdoc/>
    public void Consume(SshConnection record)
    {
        AddOther(record, IndicatorKind.Hassh, record.Hassh, "ssh client", record.Client);
        AddOther(record, IndicatorKind.Hassh, record.HasshServer, "ssh server", record.Server);
    }

    /// <inheritdoc/>
    public void Consume(CertificateSeen record)
    {
        if (record.Position == 0)
        {
            AddOther(
                record, IndicatorKind.Certificate, Convert.ToHexStringLower(SHA256.HashData(record.Der.Span)), record.IsClient ? "certificate of a client" : "certificate of a server",
                record.IsClient ? record.Flow.Originator : record.Flow.Responder);
        }
    }

    /// <inheritdoc/>
    public void Consume(MailSeen record)
    {
        MailMessage message = record.Message;
        AddMailbox(record, record.Envelope.From, "mail sender");
        AddMailbox(record, message.ReturnPath, "mail sender");
        foreach (MailAddress from in message.From)
        {
            AddMailbox(record, from.Address, "mail sender");
        }

        foreach (MailAddress reply in message.ReplyTo)
        {
            AddMailbox(record, reply.Address, "mail reply address");
        }

        foreach (string recipient in record.Envelope.Recipients.Concat(message.To.Concat(message.Cc).Select(to => to.Address)))
        {
            AddMailbox(record, recipient, "mail recipient");
        }

        foreach (string url in message.Urls)
        {
            AddUrl(record, IocValues.Url(url), "mail link", record.Client);
        }
    }

    /// <inheritdoc/>
    public void Consume(FileTransfer record)
    {
        if (record.Sha256 is not { } sha256 || record.SeenBytes == 0)
        {
            return;
        }

        AddFile(record, State.Files[sha256]);
        if (_watch is { } watch && (watch.Has(IndicatorKind.Sha256, sha256) || watch.Has(IndicatorKind.Md5, record.Md5) || watch.Has(IndicatorKind.Sha1, record.Sha1)))
        {
            AddFile(record, Watched(IndicatorKind.Sha256, sha256));
        }
    }

    /// <inheritdoc/>
    public override void Conclude(IocState state, Conclusions conclusions)
    {
    }

    private static void AddFile(FileTransfer record, ObservableUse use)
    {
        use.Add(record.Time, record.Frame, record.Protocol, record.Sender).Hosts.Add(record.Receiver);
        AddMark(use, FileMark.Md5, record.Md5);
        AddMark(use, FileMark.Sha1, record.Sha1);
        AddMark(use, FileMark.Name, IocValues.Plain(record.Name));
        AddMark(use, FileMark.Sample, IsSample(record) ? "1" : null);
    }

    // What somebody else may have, too: not a form, a message or a page, which can be guessed from its hash when it is short.
    private static bool IsSample(FileTransfer file)
    {
        const int Shortest = 256;
        return file.SeenBytes >= Shortest && FileSniffer.Sniff(file.Head.Span)?.Kind is { } kind && (FileComparison.IsRun(kind) || kind is FileKind.Archive or FileKind.Document);
    }

    private static void AddFlow(FlowEnded record, ObservableUse use, IpAddress peer, string place)
    {
        use.When.Add(record.Time, record.Frame, record.Last, record.LastFrame);
        use.Frames.Add(record.Frame);
        use.Places.Add(place);
        use.Hosts.Add(peer);
    }

    private static void AddMark(ObservableUse use, char mark, string? text)
    {
        if (text is not null)
        {
            use.Also.Add(mark + text);
        }
    }

    private void AddFlow(FlowEnded record, IpAddress address, IpAddress peer, string place)
    {
        if (!address.IsHost)
        {
            return;
        }

        AddFlow(record, State.Addresses[address], peer, place);
        if (_watch?.Has(address) == true)
        {
            AddFlow(record, Watched(IndicatorKind.Address, address.ToString()), peer, place);
        }
    }

    private void AddAddress(ProtocolRecord record, IpAddress? address, string place, IpAddress host)
    {
        if (address is not { IsHost: true } known)
        {
            return;
        }

        State.Addresses[known].Add(record.Time, record.Frame, place, host);
        if (_watch?.Has(known) == true)
        {
            Watched(IndicatorKind.Address, known.ToString()).Add(record.Time, record.Frame, place, host);
        }
    }

    private void AddName(ProtocolRecord record, string? name, string place, IpAddress host)
    {
        if (IocValues.Domain(name) is { } domain)
        {
            State.Names[domain].Add(record.Time, record.Frame, place, host);
            AddWatched(record, IndicatorKind.Domain, domain, place, host);
        }
    }

    private void AddHost(ProtocolRecord record, string name, string place, IpAddress host)
    {
        if (IpAddress.TryParse(name.Trim('[', ']'), out IpAddress address))
        {
            AddAddress(record, address, place, host);
        }
        else
        {
            AddName(record, name, place, host);
        }
    }

    private void AddUrl(ProtocolRecord record, string? url, string place, IpAddress host)
    {
        if (url is not null)
        {
            State.Urls[url].Add(record.Time, record.Frame, place, host);
            AddWatched(record, IndicatorKind.Url, url, place, host);
            if (place != "http")
            {
                AddHost(record, IocValues.HostOf(url), place, host);
            }
        }
    }

    private void AddMailbox(MailSeen record, string? address, string place)
        => AddOther(record, IndicatorKind.Email, IocValues.Email(address), place, record.Client);

    private void AddOther(ProtocolRecord record, IndicatorKind kind, string? value, string place, IpAddress host)
    {
        if (value is not null)
        {
            State.Others[new Key2<NumberKey, TextKey>((long)kind, value)].Add(record.Time, record.Frame, place, host);
            AddWatched(record, kind, value, place, host);
        }
    }

    private void AddWatched(ProtocolRecord record, IndicatorKind kind, string value, string place, IpAddress host)
    {
        if (_watch?.Has(kind, value) == true)
        {
            Watched(kind, value).Add(record.Time, record.Frame, place, host);
        }
    }

    private ObservableUse Watched(IndicatorKind kind, string value) => State.Watched[new Key2<NumberKey, TextKey>((long)kind, value)];
}
