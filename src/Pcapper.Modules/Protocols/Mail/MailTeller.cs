using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Mail;

/// <summary>Reads messages and states them.</summary>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
/// <param name="protocol">The protocol's name.</param>
internal sealed class MailTeller(FlowContext flow, RecordBus bus, string protocol)
{
    private readonly Emitter<MailSeen> _mails = bus.Emitter<MailSeen>();
    private readonly FlowFiles _files = new(flow, bus, protocol);
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _mails.IsWanted || _files.AreWanted;

    /// <summary>Makes what a message is gathered in.</summary>
    public MailBytes Begin(Direction direction) => new(_files, direction);

    /// <summary>The flow is over.</summary>
    public void End() => _files.End();

    /// <summary>Reads a message and states it.</summary>
    /// <param name="direction">Which way it went.</param>
    /// <param name="bytes">The message.</param>
    /// <param name="hasEnd">Whether its end was seen.</param>
    /// <param name="envelope">What the protocol says of it.</param>
    /// <param name="isExcerpt">Whether only a part of it was sent.</param>
    public MailMessage Tell(Direction direction, MailBytes bytes, bool hasEnd, MailEnvelope envelope, bool isExcerpt = false)
    {
        bool isCut = bytes.IsCut;
        bool isWhole = hasEnd && !isCut && bytes.Missing == 0;
        using Stream content = bytes.Open();
        MailMessage message = MailReader.Read(content, isWhole, new MailFiles(_files, direction, bytes), out string? problem) with { Bytes = bytes.Seen, IsExcerpt = isExcerpt };
        bytes.End(hasEnd && !isExcerpt, message.Subject);
        Anomaly(bytes, isCut ? "mail is longer than is looked at" : null);
        Anomaly(bytes, isWhole && !isExcerpt ? problem : null);
        if (_mails.IsWanted)
        {
            _mails.Emit(new MailSeen
            {
                Flow = flow.Id,
                Frame = bytes.Frame,
                Time = bytes.Time,
                LastFrame = bytes.LastFrame,
                Protocol = protocol,
                Direction = direction,
                Envelope = envelope,
                Message = message,
            });
        }

        return message;
    }

    private void Anomaly(MailBytes bytes, string? rule)
    {
        if (rule is not null && _anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = bytes.Frame, Time = bytes.Time, Protocol = protocol, Rule = rule });
        }
    }
}
