using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Kerberos;

/// <summary>Takes the Kerberos messages that one connection of another protocol carries (RFC 4121, 4.1), and states each exchange.</summary>
/// <param name="flow">The flow that carries them.</param>
/// <param name="bus">Where records go.</param>
/// <param name="carrier">The protocol that carries them: <c>smb</c>, <c>ldap</c>.</param>
public sealed class KerberosTokens(FlowContext flow, RecordBus bus, string carrier)
{
    private readonly KerberosEmitter _emitter = new(flow, bus, carrier);
    private KerberosRequest? _request;
    private Direction _asked;

    /// <summary>Takes one message, without the frame of GSS-API; bytes that are none are left alone.</summary>
    public void Take(Direction direction, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        if (!_emitter.IsWanted)
        {
            return;
        }

        if (KerberosReader.ReadRequest(message, frame, time) is { } request)
        {
            End();
            _request = request;
            _asked = direction;
        }
        else if (KerberosReader.ReadReply(message, frame, time) is { } reply && (_request is null || direction != _asked))
        {
            _emitter.Emit(_request is null ? direction.Opposite() : _asked, _request, reply);
            _request = null;
        }
    }

    /// <summary>The connection is over: states what was not answered.</summary>
    public void End()
    {
        if (_request is not null)
        {
            _emitter.Emit(_asked, _request, null);
            _request = null;
        }
    }
}
