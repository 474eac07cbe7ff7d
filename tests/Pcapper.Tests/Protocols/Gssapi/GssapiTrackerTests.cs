using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Gssapi;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Pcapper.Tests.Protocols.Ntlm;
using Xunit;

namespace Pcapper.Tests.Protocols.Gssapi;

public sealed class GssapiTrackerTests
{
    private static readonly byte[] s_apReq = Hex.Bytes("6e 03 30 01 00   an AP-REQ, much too short");

    // NegTokenInit: Kerberos (with Microsoft's slip) before NTLM, and a token for the first of them.
    private static readonly byte[] s_kerberosInit = Hex.Bytes("""
        60 3c                                        [APPLICATION 0]
           06 06 2b 06 01 05 05 02                   SPNEGO
           a0 32 30 30                               NegTokenInit
              a0 19 30 17                            mechanisms
                 06 09 2a 86 48 82 f7 12 01 02 02      Kerberos, as Microsoft spells it
                 06 0a 2b 06 01 04 01 82 37 02 02 0a   NTLM
              a2 13 04 11                            its token
                 60 0f 06 09 2a 86 48 86 f7 12 01 02 02 01 00 6e 00
        """);

    [Fact]
    public void A_bare_NTLM_message_is_taken()
    {
        (GssapiTracker tracker, TrackerFlow flow) = New();
        Take(tracker, Direction.ToOriginator, NtlmBytes.Challenge());
        Take(tracker, Direction.ToResponder, NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2()));
        tracker.End();
        Assert.Equal(GssapiMechanism.Ntlm, tracker.Mechanism);
        Assert.Equal("anna", Assert.Single(flow.Records.OfType<NtlmAuthentication>()).User);
    }

    [Fact]
    public void NTLM_inside_SPNEGO_is_taken()
    {
        (GssapiTracker tracker, TrackerFlow flow) = New();
        Take(tracker, Direction.ToOriginator, Response(NtlmBytes.Challenge()));
        Take(tracker, Direction.ToResponder, Response(NtlmBytes.Authenticate("anna", new byte[24], NtlmBytes.Version2())));
        tracker.End();
        Assert.Equal(0x0123456789ABCDEFul, Assert.Single(flow.Records.OfType<NtlmAuthentication>()).ServerChallenge);
    }

    [Fact]
    public void Kerberos_inside_SPNEGO_is_told()
    {
        (GssapiTracker tracker, _) = New();
        Take(tracker, Direction.ToResponder, s_kerberosInit);
        Assert.Equal(GssapiMechanism.Kerberos, tracker.Mechanism);
    }

    [Fact]
    public void Bare_Kerberos_is_told()
    {
        (GssapiTracker tracker, _) = New();
        Take(tracker, Direction.ToResponder, s_apReq);
        Assert.Equal(GssapiMechanism.Kerberos, tracker.Mechanism);
    }

    [Fact]
    public void The_mechanism_chosen_replaces_the_one_offered()
    {
        (GssapiTracker tracker, _) = New();
        Take(tracker, Direction.ToResponder, s_kerberosInit);
        Take(tracker, Direction.ToOriginator, Hex.Bytes("a1 15 30 13 a0 03 0a 01 01 a1 0c 06 0a 2b 06 01 04 01 82 37 02 02 0a   accept-incomplete, NTLM"));
        Assert.Equal(GssapiMechanism.Ntlm, tracker.Mechanism);
    }

    [Fact]
    public void Every_prefix_changed_byte_and_any_bytes_are_survived()
    {
        for (int i = 0; i < s_kerberosInit.Length; i++)
        {
            byte[] changed = [.. s_kerberosInit];
            changed[i] ^= 0x55;
            Take(New().Tracker, Direction.ToResponder, s_kerberosInit[..i]);
            Take(New().Tracker, Direction.ToResponder, changed);
        }

        Gen.Byte.Array[0, 60].Always(bytes => Take(New().Tracker, Direction.ToResponder, [0x60, .. bytes]), iterations: 500);
    }

    private static byte[] Response(byte[] token)
    {
        byte[] octets = Der(0x04, token);
        return Der(0xA1, Der(0x30, Der(0xA2, octets)));
    }

    private static byte[] Der(byte tag, byte[] content) => [tag, 0x82, (byte)(content.Length >> 8), (byte)content.Length, .. content];

    private static (GssapiTracker Tracker, TrackerFlow Flow) New()
    {
        var flow = new TrackerFlow();
        return (new GssapiTracker(flow, flow.Bus, "smb"), flow);
    }

    private static void Take(GssapiTracker tracker, Direction direction, byte[] token) => tracker.Take(direction, token, new FrameRef(0, 1), default);
}
