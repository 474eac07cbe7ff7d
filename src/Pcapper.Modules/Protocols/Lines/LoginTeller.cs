using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>States the logins of a flow, each once: when the server tells how it went, when the next one begins, or at the end.</summary>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
/// <param name="protocol">The protocol's name.</param>
internal sealed class LoginTeller(FlowContext flow, RecordBus bus, string protocol)
{
    private readonly Emitter<CredentialSeen> _credentials = bus.Emitter<CredentialSeen>();
    private CredentialSeen? _unsettled;

    /// <summary>Gets a value indicating whether anyone wants to know.</summary>
    public bool IsWanted => _credentials.IsWanted;

    /// <summary>Gets a value indicating whether a login waits for its outcome.</summary>
    public bool IsUnsettled => _unsettled is not null;

    /// <summary>Gets the user of the login that waits for its outcome, or null.</summary>
    public string? User => _unsettled?.User;

    /// <summary>Decodes what a user typed.</summary>
    public static string Text(ReadOnlySpan<byte> bytes) => WireText.Decode(bytes, Limits.StateText * 4);

    /// <summary>Makes the record of a login that a chunk begins with.</summary>
    public CredentialSeen Seen(Direction direction, string scheme, CredentialKind kind, in StreamChunk chunk) => Seen(direction, scheme, kind, chunk.Frame, chunk.Time);

    /// <summary>Makes the record of a login.</summary>
    public CredentialSeen Seen(Direction direction, string scheme, CredentialKind kind, FrameRef frame, Timestamp time) => new()
    {
        Flow = flow.Id,
        Frame = frame,
        Time = time,
        Protocol = protocol,
        Scheme = scheme,
        Kind = kind,
        Direction = direction,
    };

    /// <summary>A client tries to log in.</summary>
    public void Ask(CredentialSeen login)
    {
        End();
        _unsettled = login;
    }

    /// <summary>The server told how it went.</summary>
    public void Settle(bool success)
    {
        if (_unsettled is { } login)
        {
            _unsettled = null;
            Tell(login with { Success = success });
        }
    }

    /// <summary>States a login whose outcome nobody told.</summary>
    public void End()
    {
        if (_unsettled is { } login)
        {
            _unsettled = null;
            Tell(login);
        }
    }

    /// <summary>States a login.</summary>
    public void Tell(CredentialSeen login)
    {
        if (_credentials.IsWanted)
        {
            _credentials.Emit(login);
        }
    }
}
