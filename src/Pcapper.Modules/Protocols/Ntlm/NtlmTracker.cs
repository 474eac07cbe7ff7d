using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>
/// Pairs the challenges and responses of one NTLM exchange after the other, and states each response once: when the carrier tells how it
/// went (<see cref="Settle"/>), when the next exchange begins, or at the end. A carrier with several exchanges at once keeps one for each.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
/// <param name="carrier">The protocol that carries the messages.</param>
internal sealed class NtlmTracker(FlowContext flow, RecordBus bus, string carrier)
{
    private const string Protocol = "ntlm";

    private readonly Emitter<NtlmAuthentication> _authentications = bus.Emitter<NtlmAuthentication>();
    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();
    private readonly Emitter<NameSeen> _names = bus.Emitter<NameSeen>();
    private readonly Emitter<AnomalySeen> _anomalies = bus.Emitter<AnomalySeen>();
    private NtlmChallenge? _challenge;
    private Direction _challenged;
    private NtlmAuthentication? _unsettled;

    /// <summary>Gets the latest response, if its outcome is not told yet.</summary>
    public NtlmAuthentication? Unsettled => _unsettled;

    /// <summary>Takes one message; bytes that are none are left alone.</summary>
    public void Take(Direction direction, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        switch (NtlmReader.Type(message))
        {
            case NtlmMessageType.Negotiate:
                End();
                _challenge = null;
                break;
            case NtlmMessageType.Challenge:
                End();
                _challenge = NtlmReader.Challenge(message);
                _challenged = direction;
                Check(_challenge is not null, "message too short", frame, time);
                EmitName(direction, _challenge?.TargetInfo, frame, time);
                break;
            case NtlmMessageType.Authenticate:
                End();
                if (_challenge is not null && direction == _challenged)
                {
                    // Nobody answers his own challenge: what it says is not the server's.
                    Check(isKept: false, "challenge and response from one side", frame, time);
                    _challenge = null;
                }

                NtlmResponse? response = NtlmReader.Response(message, _challenge?.Flags ?? NtlmFlags.Unicode);
                Check(response is not null, "message too short", frame, time);
                _unsettled = response is null ? null : Pair(direction, response, frame, time);
                break;
        }
    }

    /// <summary>The carrier tells how the latest response went.</summary>
    /// <param name="success">Whether the client was let in, or null if the answer does not tell.</param>
    /// <param name="status">The carrier's status, or null.</param>
    public void Settle(bool? success, uint? status)
    {
        if (_unsettled is { } authentication)
        {
            _unsettled = null;
            Emit(authentication with { Success = success, Status = status });
        }
    }

    /// <summary>States a response whose outcome nobody told.</summary>
    public void End()
    {
        if (_unsettled is { } authentication)
        {
            _unsettled = null;
            Emit(authentication);
        }
    }

    private NtlmAuthentication Pair(Direction direction, NtlmResponse response, FrameRef frame, Timestamp time) => new()
    {
        Flow = flow.Id,
        Frame = frame,
        Time = time,
        Carrier = carrier,
        Direction = direction,
        User = response.User,
        Domain = response.Domain,
        Workstation = response.Workstation,
        Kind = response.Kind,
        Flags = response.Flags,
        LmResponse = response.Lm,
        NtResponse = response.Nt,
        ServerChallenge = _challenge?.ServerChallenge,
        TargetName = _challenge?.TargetName,
        Server = _challenge?.TargetInfo,
        Client = response.TargetInfo,
    };

    private void Emit(NtlmAuthentication authentication)
    {
        if (_authentications.IsWanted)
        {
            _authentications.Emit(authentication);
        }

        if (_credentials.IsWanted && authentication.Kind != NtlmResponseKind.Anonymous)
        {
            HashLine? line = NtlmHash.Line(authentication);
            _credentials.Emit(new CredentialSeen
            {
                Flow = authentication.Flow,
                Frame = authentication.Frame,
                Time = authentication.Time,
                Protocol = carrier,
                Scheme = authentication.Kind switch
                {
                    NtlmResponseKind.Version2 => "ntlmv2",
                    NtlmResponseKind.Lm => "lm",
                    _ => "ntlmv1",
                },
                Kind = CredentialKind.Response,
                Direction = authentication.Direction,
                User = authentication.User,
                Secret = Secret.From(line?.Line),
                HashcatMode = line?.Mode,
                Realm = authentication.Domain,
                Success = authentication.Success,
            });
        }
    }

    private void EmitName(Direction direction, NtlmTargetInfo? server, FrameRef frame, Timestamp time)
    {
        string? name = string.IsNullOrEmpty(server?.DnsComputer) ? server?.NetbiosComputer : server.DnsComputer;
        if (_names.IsWanted && !string.IsNullOrEmpty(name) && flow.Id.Sender(direction) is { IsHost: true } address)
        {
            _names.Emit(new NameSeen { Flow = flow.Id, Frame = frame, Time = time, Address = address, Name = name, Source = NameSource.Ntlm });
        }
    }

    private void Check(bool isKept, string rule, FrameRef frame, Timestamp time)
    {
        if (!isKept && _anomalies.IsWanted)
        {
            _anomalies.Emit(new AnomalySeen { Flow = flow.Id, Frame = frame, Time = time, Protocol = Protocol, Rule = rule });
        }
    }
}
