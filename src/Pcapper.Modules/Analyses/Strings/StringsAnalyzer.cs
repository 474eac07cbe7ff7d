using Pcapper.Engine;
using Pcapper.Modules.Analyses.Ioc;
using Pcapper.Modules.Protocols.Mail;
using Pcapper.Packets;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>Which texts crossed the network, whatever carried them; which secrets, addresses and links are in them.</summary>
public sealed class StringsAnalyzer : Analyzer<StringsState>, IRecordConsumer<StringSeen>, IRecordConsumer<SecretSeen>
{
    private readonly List<string> _found = [];

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "strings", "--strings", "Strings", "texts in streams and datagrams with their place, URLs, names, keys and tokens", 1, StringsFindings.All);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<StringSeen>(this);
        bus.Subscribe<SecretSeen>(this);
    }

    /// <inheritdoc/>
    public void Consume(StringSeen record)
    {
        State.Seen[(int)record.Encoding]++;
        var place = new StringPlace(record.Frame, record.Direction, record.Offset, record.Flow.Sender(record.Direction), record.Flow.Receiver(record.Direction));
        State.Strings[record.Text].Add(place, record.Protocol);
        if (record.Text.Contains('.', StringComparison.Ordinal))
        {
            AddNames(record.Text, place, record.Protocol);
        }
    }

    /// <inheritdoc/>
    public void Consume(SecretSeen record)
    {
        IpAddress from = record.Flow.Sender(record.Direction);
        IpAddress to = record.Flow.Receiver(record.Direction);
        SecretUse use = State.Secrets[new(record.Kind, new PairKey(from, to), new(record.Secret.Reveal()))];
        use.Frames.Add(record.Frame);
        use.Places.Add(new StringPlace(record.Frame, record.Direction, record.Offset, from, to));
        use.When.Add(record.Time, record.Frame);
        use.Protocols.Add(record.Protocol);
        use.Told.Add(IsToldByParser(record) ? 1 : 0);
    }

    /// <inheritdoc/>
    public override void Conclude(StringsState state, Conclusions conclusions)
    {
        StringsFindings.Raise(state, conclusions);
        StringsSection.Write(state, conclusions.Section);
    }

    // What clients log in with, parsers of these protocols state themselves.
    private static bool IsToldByParser(SecretSeen record)
        => record.Kind is SecretFinder.WebToken or SecretFinder.Password && record.Direction == Direction.ToResponder && record.Protocol is "http" or "http2" or "ftp" or "smtp" or "imap" or "pop3" or "sip" or "rtsp" or "telnet";

    private void AddNames(string text, in StringPlace place, string? protocol)
    {
        _found.Clear();
        if (text.Contains("://", StringComparison.Ordinal))
        {
            UrlFinder.Add(text, _found);
        }

        foreach (string link in _found)
        {
            if (IocValues.Url(link) is { } url)
            {
                State.Urls[url].Add(place, protocol);
                if (IocValues.Domain(IocValues.HostOf(url)) is { } host)
                {
                    State.Hosts[host].Add(place, protocol);
                }
            }
        }

        _found.Clear();
        if (text.Contains('@', StringComparison.Ordinal))
        {
            NameFinder.Mailboxes(text, _found);
        }

        foreach (string mailbox in _found)
        {
            State.Mailboxes[mailbox].Add(place, protocol);
        }

        _found.Clear();
        NameFinder.Hosts(text, _found);
        foreach (string host in _found)
        {
            State.Hosts[host].Add(place, protocol);
        }
    }
}
