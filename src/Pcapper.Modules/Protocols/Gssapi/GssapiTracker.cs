using Pcapper.Engine;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Gssapi;

/// <summary>
/// Takes the authentication tokens of one connection or session, whatever frames them: bare NTLM, SPNEGO (RFC 4178), GSS-API (RFC 2743)
/// or bare Kerberos, and hands each to its mechanism.
/// </summary>
/// <param name="flow">The flow.</param>
/// <param name="bus">Where records go.</param>
/// <param name="carrier">The protocol that carries the tokens.</param>
internal sealed class GssapiTracker(FlowContext flow, RecordBus bus, string carrier)
{
    private const int MostFrames = 3;            // SPNEGO, GSS-API, the mechanism's own
    private const int TokenIdentifier = 2;       // RFC 4121, 4.1
    private const byte ApReq = 0x6E;             // [APPLICATION 14], RFC 4120, 5.5.1
    private const byte ApRep = 0x6F;
    private const byte KrbError = 0x7E;

    /// <summary>Gets what follows NTLM exchanges.</summary>
    public NtlmTracker Ntlm { get; } = new(flow, bus, carrier);

    /// <summary>Gets what follows Kerberos exchanges.</summary>
    public KerberosTokens Kerberos { get; } = new(flow, bus, carrier);

    /// <summary>Gets the mechanism offered first, and then the one that is used.</summary>
    public GssapiMechanism Mechanism { get; private set; }

    /// <summary>Takes one token.</summary>
    public void Take(Direction direction, ReadOnlySpan<byte> token, FrameRef frame, Timestamp time)
    {
        for (int i = 0; i < MostFrames && !token.IsEmpty; i++)
        {
            if (token.StartsWith(NtlmReader.Signature))
            {
                Mechanism = GssapiMechanism.Ntlm;
                Ntlm.Take(direction, token, frame, time);
                return;
            }

            if (token[0] is ApReq or ApRep or KrbError)
            {
                TakeKerberos(direction, token, frame, time);
                return;
            }

            GssapiToken framed = GssapiToken.Read(token);
            Mechanism = framed.Mechanism == GssapiMechanism.None ? Mechanism : framed.Mechanism;
            if (framed is { Mechanism: GssapiMechanism.Kerberos, IsSpnego: false })
            {
                TakeKerberos(direction, framed.Inner[Math.Min(framed.Inner.Length, TokenIdentifier)..], frame, time);
                return;
            }

            token = framed.Inner;
        }
    }

    /// <summary>The connection is over: states what was not answered.</summary>
    public void End()
    {
        Ntlm.End();
        Kerberos.End();
    }

    private void TakeKerberos(Direction direction, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        Mechanism = GssapiMechanism.Kerberos;
        Kerberos.Take(direction, message, frame, time);
    }
}
