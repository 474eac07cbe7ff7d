using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Nfs;
using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Protocols.Nfs;

public sealed class NfsAnalyzerTests
{
    private static readonly Gen<NfsTransaction> s_nfs =
        from client in Gen.Int[1, 3]
        from name in Gen.OneOf("READ", "WRITE", "REMOVE", "LOOKUP")
        from path in Gen.OneOf("a", "b/c", "/d")
        from status in Gen.OneOf<uint>(0, 2, 13)
        from uid in Gen.OneOf<uint>(0, 1000)
        from frame in Gen.Int[1, 60]
        select Nfs(name, path, status, uid, frame, $"10.0.0.{client}");

    private static readonly Gen<MountTransaction> s_mount =
        from client in Gen.Int[1, 3]
        from server in Gen.Int[1, 5]
        from name in Gen.OneOf("MNT", "EXPORT")
        from frame in Gen.Int[1, 60]
        select Mount(name, $"10.0.0.{client}", $"10.0.1.{server}", frame);

    private static readonly Gen<PortmapTransaction> s_portmap = from length in Gen.OneOf<uint>(20, 128, 129, 2000) from frame in Gen.Int[1, 60] select Portmap(length, frame);

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split()
        => Laws.Hold<NfsAnalyzer>(Gen.OneOf(Laws.Emit(s_nfs), Laws.Emit(s_mount), Laws.Emit(s_portmap)), 40);

    [Fact]
    public void Ordinary_use_is_silent()
        => Assert.Empty(Conclude(Nfs("WRITE", "a", 0, 1000, 1), Nfs("READ", "a", 0, 0, 2), Nfs("WRITE", "a", 13, 0, 3), Mount("MNT", "10.0.0.5", "10.0.1.1", 4), Portmap(30, 5)).Findings);

    [Fact]
    public void An_address_longer_than_any_is_found_the_longest_possible_one_is_not()
    {
        Finding finding = Assert.Single(Conclude(Portmap(2000, 7)).Findings);
        Assert.Equal((NfsFindings.Oversized, Severity.High), (finding.Type, finding.Severity));
        Assert.Equal(("10.0.1.1 > 10.0.0.5", 8L), (finding.Subject, Assert.Single(finding.Evidence).Number));
        Assert.Equal("(ip.src == 10.0.1.1 && ip.dst == 10.0.0.5 && portmap) || (frame.number in {8})", finding.DisplayFilter);
        Assert.Empty(Conclude(Portmap(128, 7)).Findings);
    }

    [Fact]
    public void Changes_as_root_are_found_reading_is_not()
    {
        Assert.Equal(NfsFindings.RootChanges, Assert.Single(Conclude(Nfs("REMOVE", "a", 0, 0, 1)).Findings).Type);
        Assert.Empty(Conclude(Nfs("READ", "a", 0, 0, 1)).Findings);
    }

    [Fact]
    public void Many_denied_paths_are_found_one_path_is_not()
    {
        NfsTransaction[] records = [.. Enumerable.Range(0, 20).Select(i => Nfs("LOOKUP", $"file{i}", 13, 1000, i + 1))];
        Assert.Equal(NfsFindings.Denied, Assert.Single(Conclude(records).Findings).Type);
        Assert.Empty(Conclude(records[1..]).Findings);
        Assert.Empty(Conclude([.. Enumerable.Range(0, 40).Select(i => Nfs("LOOKUP", "file", 13, 1000, i + 1))]).Findings);
    }

    [Fact]
    public void Listing_the_exports_of_three_servers_is_found_of_two_is_not()
    {
        MountTransaction[] records = [.. Enumerable.Range(1, 3).Select(i => Mount("EXPORT", "10.0.0.5", $"10.0.1.{i}", i))];
        Assert.Equal(NfsFindings.Survey, Assert.Single(Conclude(records).Findings).Type);
        Assert.Empty(Conclude(records[..2]).Findings);
    }

    private static Conclusions Conclude(params RpcTransaction[] records)
    {
        var analyzer = new NfsAnalyzer();
        foreach (RpcTransaction record in records)
        {
            switch (record)
            {
                case NfsTransaction nfs:
                    analyzer.Consume(nfs);
                    break;
                case MountTransaction mount:
                    analyzer.Consume(mount);
                    break;
                case PortmapTransaction portmap:
                    analyzer.Consume(portmap);
                    break;
            }
        }

        var conclusions = new Conclusions(analyzer.Info, [], new Dictionary<Type, AnalyzerState>());
        analyzer.Conclude(analyzer.State, conclusions);
        return conclusions;
    }

    private static NfsTransaction Nfs(string name, string path, uint status, uint uid, int frame, string client = "10.0.0.5") => new()
    {
        Flow = Flow(client, "10.0.1.1", 2049),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Direction = Direction.ToResponder,
        Xid = (uint)frame,
        Version = 3,
        Procedure = 1,
        Credentials = new RpcCredentials(RpcCredentials.Sys, "ws", uid, uid),
        IsAnswered = true,
        IsRefused = false,
        Name = name,
        Status = status,
        Operations = [new NfsOperation(name, path, null, name is "READ" or "WRITE" && status == 0 ? 100 : 0, status)],
    };

    private static MountTransaction Mount(string name, string client, string server, int frame) => new()
    {
        Flow = Flow(client, server, 635),
        Frame = new FrameRef(0, frame),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Direction = Direction.ToResponder,
        Xid = (uint)frame,
        Version = 3,
        Procedure = 1,
        Credentials = default,
        IsAnswered = true,
        IsRefused = false,
        Name = name,
        Path = name == "MNT" ? "/srv" : null,
        Status = name == "MNT" ? 0 : null,
        Exports = name == "EXPORT" ? ["/srv"] : [],
    };

    private static PortmapTransaction Portmap(uint length, int frame) => new()
    {
        Flow = Flow("10.0.0.5", "10.0.1.1", 111),
        Frame = new FrameRef(0, frame),
        ReplyFrame = new FrameRef(0, frame + 1),
        Time = Timestamp.FromSeconds(1_700_000_000 + frame),
        Direction = Direction.ToResponder,
        Xid = (uint)frame,
        Version = 4,
        Procedure = 3,
        Credentials = default,
        IsAnswered = true,
        IsRefused = false,
        Name = "GETADDR",
        Program = 100_021,
        LongestText = length,
        IsLongestInReply = true,
    };

    private static FlowId Flow(string client, string server, ushort port)
        => new(new FlowKey(IpAddress.Parse(client), 900, IpAddress.Parse(server), port, IpProtocol.Tcp, default), new FrameRef(0, 1));
}
