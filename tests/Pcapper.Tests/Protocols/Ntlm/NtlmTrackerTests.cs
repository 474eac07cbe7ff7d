using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Ntlm;

public sealed class NtlmTrackerTests
{
    private static readonly byte[] s_des = [.. Enumerable.Repeat((byte)0x11, 24)];
    private static readonly byte[] s_extended = [1, 2, 3, 4, 5, 6, 7, 8, .. new byte[16]];

    [Fact]
    public void A_challenge_and_its_response_are_one_login()
    {
        NtlmAuthentication login = Assert.Single(Logins(NtlmBytes.Negotiate, NtlmBytes.Challenge(tellsTime: true), NtlmBytes.Authenticate("anna", s_extended, NtlmBytes.Version2())));
        Assert.Equal(("anna", "EXAMPLE", "WS-ANNA"), (login.User, login.Domain, login.Workstation));
        Assert.Equal((NtlmResponseKind.Version2, 0x0123456789ABCDEFul), (login.Kind, login.ServerChallenge));
        Assert.Equal(("FILES", "files.corp.example", "corp.example"), (login.Server!.NetbiosComputer, login.Server.DnsComputer, login.Server.DnsTree));
        Assert.NotNull(login.Server.Time);
        Assert.True(login.Client!.HasMic);
        Assert.Equal("cifs/files.corp.example", login.Client.TargetName);
        Assert.Null(login.Success);
        Assert.Equal(3, login.Frame.Number);
    }

    [Fact]
    public void A_challenge_names_its_server()
    {
        var flow = new TrackerFlow();
        var tracker = new NtlmTracker(flow, flow.Bus, "smb");
        tracker.Take(Direction.ToOriginator, NtlmBytes.Challenge(), new FrameRef(0, 2), default);
        NameSeen name = Assert.Single(flow.Records.OfType<NameSeen>());
        Assert.Equal(("files.corp.example", "192.0.2.9", NameSource.Ntlm), (name.Name, name.Address.ToString(), name.Source));
    }

    [Fact]
    public void The_version_is_told_from_the_response()
    {
        Assert.Equal(NtlmResponseKind.Version1, NtlmReader.KindOf(s_des, s_des, "a"u8));
        Assert.Equal(NtlmResponseKind.Version1Extended, NtlmReader.KindOf(s_extended, s_des, "a"u8));
        Assert.Equal(NtlmResponseKind.Version2, NtlmReader.KindOf(s_des, NtlmBytes.Version2(), "a"u8));
        Assert.Equal(NtlmResponseKind.Lm, NtlmReader.KindOf(s_des, [], "a"u8));
        Assert.Equal(NtlmResponseKind.Anonymous, NtlmReader.KindOf([0], [], []));
    }

    [Fact]
    public void The_carrier_tells_how_it_went()
    {
        var flow = new TrackerFlow();
        var tracker = new NtlmTracker(flow, flow.Bus, "smb");
        Take(tracker, NtlmBytes.Challenge(), NtlmBytes.Authenticate("anna", s_extended, NtlmBytes.Version2()));
        tracker.Settle(success: false, 0xC000006D);
        tracker.Settle(success: true, 0);
        tracker.End();
        NtlmAuthentication login = Assert.Single(flow.Records.OfType<NtlmAuthentication>());
        Assert.Equal((false, 0xC000006Du), (login.Success, login.Status));
    }

    [Fact]
    public void Nobody_answers_his_own_challenge()
    {
        var flow = new TrackerFlow();
        var tracker = new NtlmTracker(flow, flow.Bus, "smb");
        tracker.Take(Direction.ToResponder, NtlmBytes.Challenge(), new FrameRef(0, 1), default);
        tracker.Take(Direction.ToResponder, NtlmBytes.Authenticate("anna", s_extended, NtlmBytes.Version2()), new FrameRef(0, 2), default);
        tracker.End();
        Assert.Null(Assert.Single(flow.Records.OfType<NtlmAuthentication>()).ServerChallenge);
        Assert.Equal("challenge and response from one side", Assert.Single(flow.Records.OfType<AnomalySeen>()).Rule);
    }

    [Fact]
    public void Lines_for_hashcat_have_its_form()
    {
        NtlmAuthentication two = Assert.Single(Logins(NtlmBytes.Challenge(), NtlmBytes.Authenticate("anna", s_des, NtlmBytes.Version2())));
        Assert.StartsWith("anna::EXAMPLE:0123456789abcdef:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:0101", NtlmHash.Line(two)!.Line, StringComparison.Ordinal);
        NtlmAuthentication one = Assert.Single(Logins(NtlmBytes.Challenge(), NtlmBytes.Authenticate("anna", s_des, s_des)));
        string des = Convert.ToHexStringLower(s_des);
        Assert.Equal(new HashLine(5500, $"anna::EXAMPLE:{des}:{des}:0123456789abcdef"), NtlmHash.Line(one));
        Assert.Null(NtlmHash.Line(one with { ServerChallenge = null }));
    }

    [Fact]
    public void Every_prefix_and_every_changed_byte_is_survived()
    {
        foreach (byte[] message in (byte[][])[NtlmBytes.Challenge(), NtlmBytes.Authenticate("anna", s_des, NtlmBytes.Version2())])
        {
            for (int i = 0; i < message.Length; i++)
            {
                byte[] changed = [.. message];
                changed[i] ^= 0xFF;
                Logins(NtlmBytes.Challenge(), message[..i], changed);
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived() => Gen.Byte.Array[0, 200].Always(
        bytes => Logins([.. "NTLMSSP\0"u8, 2, 0, 0, 0, .. bytes], [.. "NTLMSSP\0"u8, 3, 0, 0, 0, .. bytes]), iterations: 500);

    private static List<NtlmAuthentication> Logins(params byte[][] messages)
    {
        var flow = new TrackerFlow();
        var tracker = new NtlmTracker(flow, flow.Bus, "smb");
        Take(tracker, messages);
        tracker.End();
        return [.. flow.Records.OfType<NtlmAuthentication>()];
    }

    private static void Take(NtlmTracker tracker, params byte[][] messages)
    {
        for (int i = 0; i < messages.Length; i++)
        {
            Direction direction = NtlmReader.Type(messages[i]) == NtlmMessageType.Challenge ? Direction.ToOriginator : Direction.ToResponder;
            tracker.Take(direction, messages[i], new FrameRef(0, i + 1), new Timestamp(i));
        }
    }
}
