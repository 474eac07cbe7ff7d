using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.DceRpc;

/// <summary>The calls of one flow that wait, whichever of its associations they were made in: one bound holds for all pipes of a connection.</summary>
internal sealed class DceRpcCalls(FlowContext flow, RecordBus bus)
{
    private const string Protocol = "dce_rpc";

    private readonly Emitter<DceRpcCall> _calls = bus.Emitter<DceRpcCall>();
    private readonly Emitter<NetlogonDomains> _domains = bus.Emitter<NetlogonDomains>();
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private readonly RecentMap<(int Association, uint Call), DceRpcPending> _pending = new(Limits.MessagesInFlight);
    private RecentMap<(int Association, uint Call), DceRpcPending>? _inParts;
    private int _associations;

    /// <summary>Gets the flow.</summary>
    public FlowContext Flow => flow;

    /// <summary>Gets where records go.</summary>
    public RecordBus Bus => bus;

    /// <summary>Gets a value indicating whether anybody wants calls. They are paired in any case: security contexts learn from it how logins went.</summary>
    public bool IsWanted => _calls.IsWanted;

    /// <summary>Gives an association its number.</summary>
    public int Number() => ++_associations;

    /// <summary>Finds a call that waits.</summary>
    public DceRpcPending? Find(int association, uint call) => _pending.Find((association, call));

    /// <summary>Keeps a call until its response comes. What had to go is stated as one without.</summary>
    public void Add(int association, uint call, DceRpcPending pending, FrameRef frame, Timestamp time)
    {
        if (_pending.Set((association, call), pending, out bool isEvicted) is { } gone)
        {
            Emit(gone);
        }

        if (isEvicted)
        {
            Anomaly("more calls without response than are kept", frame, time);
        }
    }

    /// <summary>Takes a part of the arguments of a call.</summary>
    public void AddPart(int association, uint call, DceRpcPending pending, ReadOnlySpan<byte> part, bool isLast, FrameRef frame, Timestamp time)
    {
        if (!pending.Add(part) || isLast)
        {
            pending.Tell();
            _inParts?.Remove((association, call));
            return;
        }

        _inParts ??= new(Limits.CallsInParts);
        DceRpcPending? gone = _inParts.Set((association, call), pending, out bool isEvicted);
        if (gone != pending)
        {
            gone?.Tell();
        }

        if (isEvicted)
        {
            Anomaly("more calls in parts than are put together", frame, time);
        }
    }

    /// <summary>States a call with its outcome; yields it, or null if it is not known.</summary>
    public DceRpcPending? Answer(int association, uint call, Timestamp time, uint? fault, uint? result)
    {
        DceRpcPending? pending = _pending.Remove((association, call));
        if (pending is not null)
        {
            Emit(pending, Math.Max(0, time - pending.Call.Time), fault, result);
            _inParts?.Remove((association, call));
        }

        return pending;
    }

    /// <summary>States the domains that a server lists.</summary>
    public void TakeDomains(Direction direction, ReadOnlySpan<byte> answer, FrameRef frame, Timestamp time)
    {
        IReadOnlyList<NetlogonDomain> domains = _domains.IsWanted ? NetlogonReader.Domains(answer) : [];
        if (domains.Count > 0)
        {
            _domains.Emit(new NetlogonDomains { Flow = flow.Id, Frame = frame, Time = time, Server = flow.Id.Sender(direction), Domains = domains });
        }
    }

    /// <summary>States the calls of an association that were never answered.</summary>
    public void End(int association)
    {
        foreach ((int Association, uint Call) key in _pending.Keys.Where(key => key.Association == association).ToList())
        {
            Emit(_pending.Remove(key)!);
            _inParts?.Remove(key);
        }
    }

    /// <summary>States a broken rule.</summary>
    public void Anomaly(string rule, FrameRef frame, Timestamp time)
    {
        if (_anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = Protocol, Rule = rule });
        }
    }

    private void Emit(DceRpcPending pending, long? responseTime = null, uint? fault = null, uint? result = null)
    {
        pending.Tell();
        if (_calls.IsWanted)
        {
            _calls.Emit(responseTime is null ? pending.Call : pending.Call with { ResponseTime = responseTime, Fault = fault, Result = result });
        }
    }
}
