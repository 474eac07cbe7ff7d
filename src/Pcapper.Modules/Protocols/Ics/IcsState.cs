using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What is known of the traffic of an industrial protocol.</summary>
internal abstract class IcsState : AnalyzerState
{
    private const int MostPairs = 20_000;
    private const int MostCalls = 50_000;
    private const int MostPolls = 20_000;
    private const int MostPoints = 100_000;
    private const int MostOddities = 4096;

    /// <summary>Initializes a new instance of the <see cref="IcsState"/> class.</summary>
    protected IcsState()
    {
        Uses = Part(new PartMap<PairKey, IcsUse>(MostPairs));
        Calls = Part(new PartMap<CallKey, IcsCall>(MostCalls));
        Polls = Part(new PartMap<PollKey, IcsPoll>(MostPolls));
        Points = Part(new PartMap<PointKey, IcsPoint>(MostPoints));
        Oddities = Part(new PartMap<Key2<PointKey, NumberKey>, IcsOddities>(MostOddities));
        Heard = Part(new PartMap<PairKey, Count>(MostPairs));
        Access = Part(new PartMap<AddressKey, IcsAccess>(MostPairs));
        WrongChecksums = Part(new PartMap<PairKey, IcsOddities>(MostOddities));
        Broken = Part(new PartMap<PairKey, IcsOddities>(MostOddities));
    }

    /// <summary>Gets who uses which server.</summary>
    public PartMap<PairKey, IcsUse> Uses { get; }

    /// <summary>Gets what is asked of which station.</summary>
    public PartMap<CallKey, IcsCall> Calls { get; }

    /// <summary>Gets what is asked again and again.</summary>
    public PartMap<PollKey, IcsPoll> Polls { get; }

    /// <summary>Gets the points.</summary>
    public PartMap<PointKey, IcsPoint> Points { get; }

    /// <summary>Gets what is odd about values, by place and <see cref="IcsOddityKind"/>.</summary>
    public PartMap<Key2<PointKey, NumberKey>, IcsOddities> Oddities { get; }

    /// <summary>Gets how many packets the one sent to the other in flows of this protocol.</summary>
    public PartMap<PairKey, Count> Heard { get; }

    /// <summary>Gets the hosts that were worked on remotely.</summary>
    public PartMap<AddressKey, IcsAccess> Access { get; }

    /// <summary>Gets who sent whom frames with a wrong checksum.</summary>
    public PartMap<PairKey, IcsOddities> WrongChecksums { get; }

    /// <summary>Gets who sent whom what breaks other rules of the protocol.</summary>
    public PartMap<PairKey, IcsOddities> Broken { get; }

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="dialect">The protocol it is of.</param>
    public void Add(IcsMessage message, IcsDialect dialect)
    {
        var pair = new PairKey(message.Client, message.Server);
        IcsUse use = Uses[pair];
        IcsAction action = dialect.Action(message.Call);
        use.Unusual.Add(message.IsUsual ? 0 : 1);
        if (message.IsRequest)
        {
            AddRequest(message, pair, use, action);
        }
        else
        {
            AddAnswer(message, pair, use, dialect);
        }

        foreach (IcsValue value in message.Values)
        {
            IcsPoint point = Points[new PointKey(pair, message.Station, value.Table, value.Address)];
            (message.IsRequest ? point.Written : point.Read).Add(value, message.Time, message.Frame);
        }

        foreach (IcsOddity oddity in message.Oddities ?? [])
        {
            IcsOddities odd = Oddities[new(new PointKey(pair, message.Station, oddity.Table, oddity.Address), (long)oddity.Kind)];
            odd.Frames.Add(message.Frame);
            odd.Times.Add(message.Time, message.Frame);
            odd.Texts.Add(oddity.Text);
        }
    }

    /// <summary>Adds a flow that ended.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="protocol">The name of the protocol.</param>
    public void Add(FlowEnded flow, string protocol)
    {
        foreach (string service in flow.Services)
        {
            if (service == protocol)
            {
                Heard[new PairKey(flow.Flow.Originator, flow.Flow.Responder)].Add(flow.ToResponder.Packets);
                Heard[new PairKey(flow.Flow.Responder, flow.Flow.Originator)].Add(flow.ToOriginator.Packets);
            }
            else if (service is "rdp" or "ssh" or "telnet" or "vnc" && (flow.OriginatorFlags & TcpFlags.Syn) != 0 && flow.ToOriginator.PayloadBytes > 0)
            {
                IcsAccess access = Access[flow.Flow.Responder];
                access.Services.Add(service);
                access.From.Add(flow.Flow.Originator);
                access.Frames.Add(flow.Frame);
                access.Times.Add(flow.Time, flow.Frame);
            }
        }
    }

    /// <summary>Adds what breaks a rule of the protocol.</summary>
    public void Add(IcsFault fault)
    {
        IcsOddities broken = (fault.IsChecksum ? WrongChecksums : Broken)[new PairKey(fault.Flow.Sender(fault.Direction), fault.Flow.Receiver(fault.Direction))];
        broken.Frames.Add(fault.Frame);
        broken.Times.Add(fault.Time, fault.Frame);
        broken.Texts.Add(fault.Rule);
    }

    private void AddRequest(IcsMessage message, PairKey pair, IcsUse use, IcsAction action)
    {
        use.Requests.Add();
        use.Asked.Add(message.Frame);
        use.Ports.Add((long)message.ServerPort);
        use.Stations.Add(message.Station);
        use.All.Add(message.Time, message.Frame);
        use.InFlight.Add(message.InFlight, message.Frame);
        if (action == IcsAction.Read)
        {
            use.Reads.Add(message.Frame);
            use.ReadTimes.Add(message.Time, message.Frame);
        }
        else if (IcsActions.IsCommand(action))
        {
            use.Commands.Add(message.Frame);
            use.CommandTimes.Add(message.Time, message.Frame);
            if (message.SinceCommand is { } gap)
            {
                use.CommandGap.Add(gap, message.Frame);
            }
        }

        IcsCall call = Calls[new CallKey(pair, message.Station, message.Call)];
        call.Requests.Add(message.Frame);
        call.Times.Add(message.Time, message.Frame);
        if (message.IsBroadcast)
        {
            call.Broadcasts.Add(message.Frame);
        }

        if (message.Poll is { } key)
        {
            IcsPoll poll = Polls[new PollKey(pair, key)];
            poll.Requests.Add();
            poll.Times.Add(message.Time, message.Frame);
            if (message.Interval is { } interval)
            {
                poll.Intervals.Add(interval);
            }
        }
    }

    private void AddAnswer(IcsMessage message, PairKey pair, IcsUse use, IcsDialect dialect)
    {
        if (dialect.IsReport(message.Call))
        {
            use.Reports.Add();
        }
        else if (message.RequestFrame is null)
        {
            use.Unasked.Add();
        }
        else
        {
            use.Answers.Add();
        }

        use.Ports.Add((long)message.ServerPort);
        if (message.ResponseTime is { } time)
        {
            use.ResponseTimes.Add(time);
        }

        IcsCall call = Calls[new CallKey(pair, message.Station, dialect.AskedBy(message))];
        call.Answers.Add(message.RequestFrame is null ? 0 : 1);
        if (message.Refusal is { } reason)
        {
            use.Refused.Add();
            call.Refused.Add(message.Frame);
            call.Refusals.Add(Math.Min(reason, 63));
            call.Failures.Add(dialect.IsFailure(reason) ? 1 : 0);
            if (message.Poll is { } poll)
            {
                call.RefusedPlaces.Add(poll.Address);
            }
        }
    }
}
