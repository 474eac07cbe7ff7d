using Pcapper.Modules.Protocols.Nfs;
using Pcapper.Modules.Protocols.OncRpc;
using Pcapper.Tests.Building;
using Xunit;
using static Pcapper.Tests.Protocols.OncRpc.RpcBytes;

namespace Pcapper.Tests.Protocols.Nfs;

public sealed class NfsReaderTests
{
    private readonly ParserFlow _flow = new(new RpcProtocol());
    private uint _xid;

    [Fact]
    public void Version_3_handles_become_paths()
    {
        byte[] root = Handle(1);
        Assert.Equal("home", Do(3, 3, [.. root, .. Str("home")], [.. U4(0), .. Handle(2), .. U4(0)]).Path);
        Assert.Equal("home/anna", Do(3, 3, [.. Handle(2), .. Str("anna")], [.. U4(0), .. Handle(3), .. U4(0)]).Path);
        NfsOperation read = Do(3, 6, [.. Handle(3), .. U8(0), .. U4(4096)], [.. U4(0), .. U4(0), .. U4(700), .. U4(1), .. U4(700)]);
        Assert.Equal(("READ", "home/anna", 700L, 0u), (read.Name, read.Path, read.Bytes, read.Status));
    }

    [Fact]
    public void Version_3_names_and_errors_of_each_procedure()
    {
        Assert.Equal(new NfsOperation("CREATE", "a", null, 0, 13), Do(3, 8, [.. Handle(1), .. Str("a")], [.. U4(13)]));
        Assert.True(Do(3, 8, [.. Handle(1), .. Str("a")], [.. U4(13)]).IsDenied);
        Assert.Equal("REMOVE", Do(3, 12, [.. Handle(1), .. Str("b")], [.. U4(0)]).Name);
        Assert.Equal(("old", "new"), Names(Do(3, 14, [.. Handle(1), .. Str("old"), .. Handle(2), .. Str("new")], U4(0))));
        Assert.Equal("link", Do(3, 15, [.. Handle(1), .. Handle(2), .. Str("link")], U4(0)).NewPath);
        NfsOperation write = Do(3, 7, [.. Handle(1), .. U8(0), .. U4(9), .. U4(2), .. Opaque(new byte[9])], [.. U4(0), .. U4(0), .. U4(0), .. U4(5)]);
        Assert.Equal(("WRITE", 5L, true), (write.Name, write.Bytes, write.IsChange));
    }

    [Fact]
    public void Directory_listings_with_handles_name_files()
    {
        Do(3, 3, [.. Handle(1), .. Str("dir")], [.. U4(0), .. Handle(2), .. U4(0)]);
        byte[] entry = [.. U4(1), .. U8(5), .. Str("file"), .. U8(1), .. U4(0), .. U4(1), .. Handle(7)];
        Do(3, 17, [.. Handle(2), .. new byte[24]], [.. U4(0), .. U4(0), .. U8(0), .. entry, .. U4(0), .. U4(1)]);
        Assert.Equal("dir/file", Do(3, 1, Handle(7), U4(0)).Path);
    }

    [Fact]
    public void Version_2_has_handles_of_a_fixed_length()
    {
        byte[] root = new byte[32];
        byte[] file = [.. Enumerable.Repeat((byte)3, 32)];
        Assert.Equal("etc", Do(2, 4, [.. root, .. Str("etc")], [.. U4(0), .. file, .. new byte[68]]).Path);
        Assert.Equal(("etc", 3L), (Do(2, 6, [.. file, .. U4(0), .. U4(3), .. U4(0)], [.. U4(0), .. new byte[68], .. Opaque(new byte[3])]).Path, _flow.Records.OfType<NfsTransaction>().Last().ReadBytes));
        Assert.Equal(8L, Do(2, 8, [.. file, .. U4(0), .. U4(0), .. U4(8), .. Opaque(new byte[8])], [.. U4(0), .. new byte[68]]).Bytes);
    }

    [Fact]
    public void A_version_4_compound_follows_the_current_handle()
    {
        // PUTROOTFH, LOOKUP export, LOOKUP anna, GETFH
        byte[] call = Compound(4, [.. U4(24), .. U4(15), .. Str("export"), .. U4(15), .. Str("anna"), .. U4(10)]);
        byte[] reply = Results(4, [.. U4(24), .. U4(0), .. U4(15), .. U4(0), .. U4(15), .. U4(0), .. U4(10), .. U4(0), .. Handle(9)]);
        NfsTransaction made = Transact(4, 1, call, reply);
        Assert.Equal(("COMPOUND", "/export/anna"), (made.Name, made.Operations[^1].Path));

        // SEQUENCE, PUTFH, READ, GETATTR
        call = Compound(4, [.. U4(53), .. new byte[32], .. U4(22), .. Handle(9), .. U4(25), .. new byte[16], .. U8(0), .. U4(100), .. U4(9), .. U4(1), .. U4(0x18)]);
        reply = Results(4, [.. U4(53), .. U4(0), .. new byte[36], .. U4(22), .. U4(0), .. U4(25), .. U4(0), .. U4(1), .. Opaque(new byte[77]), .. U4(9), .. U4(0), .. U4(1), .. U4(0x18), .. Str("attributes")]);
        made = Transact(4, 1, call, reply);
        Assert.Equal(new NfsOperation("READ", "/export/anna", null, 77, 0), made.Operations[2]);
        Assert.Equal(new NfsOperation("GETATTR", "/export/anna", null, 0, 0), made.Operations[3]);
    }

    [Fact]
    public void A_version_4_open_that_creates_names_the_new_file()
    {
        // PUTROOTFH, OPEN: sequence, access, deny, owner; create unchecked without attributes; by name
        byte[] open = [.. U4(18), .. U4(1), .. U4(3), .. U4(0), .. U8(1), .. Str("owner"), .. U4(1), .. U4(0), .. U4(0), .. Str(""), .. U4(0), .. Str("new.txt")];
        byte[] call = Compound(3, [.. U4(24), .. open, .. U4(10)]);
        byte[] opened = [.. U4(18), .. U4(0), .. new byte[16], .. new byte[20], .. U4(0), .. U4(0), .. U4(0)];
        NfsTransaction made = Transact(4, 1, call, Results(3, [.. U4(24), .. U4(0), .. opened, .. U4(10), .. U4(0), .. Handle(4)]));
        Assert.Equal("/new.txt", made.Operations[1].Path);
        made = Transact(4, 1, Compound(2, [.. U4(22), .. Handle(4), .. U4(38), .. new byte[16], .. U8(0), .. U4(2), .. Opaque(new byte[12])]),
            Results(2, [.. U4(22), .. U4(0), .. U4(38), .. U4(0), .. U4(12), .. U4(2), .. U8(1)]));
        Assert.Equal(new NfsOperation("WRITE", "/new.txt", null, 12, 0), made.Operations[1]);
    }

    [Fact]
    public void A_version_4_rename_leads_from_the_saved_directory_to_the_current_one()
    {
        byte[] call = Compound(6, [.. U4(24), .. U4(15), .. Str("a"), .. U4(32), .. U4(24), .. U4(15), .. Str("b"), .. U4(29), .. Str("old"), .. Str("new")]);
        NfsTransaction made = Transact(4, 1, call, Results(6, [.. ((uint[])[24, 15, 32, 24, 15]).SelectMany(code => (byte[])[.. U4(code), .. U4(0)]), .. U4(29), .. U4(0), .. new byte[40]]));
        Assert.Equal(("/a/old", "/b/new"), Names(made.Operations[^1]));
    }

    [Fact]
    public void An_error_ends_a_compound()
    {
        byte[] call = Compound(3, [.. U4(24), .. U4(15), .. Str("secret"), .. U4(10)]);
        NfsTransaction made = Transact(4, 1, call, [.. U4(13), .. Str("tag"), .. U4(2), .. U4(24), .. U4(0), .. U4(15), .. U4(13)]);
        Assert.Equal((13u, true, (uint?)null), (made.Status, made.Operations[1].IsDenied, made.Operations[2].Status));
    }

    [Fact]
    public void Exports_and_mounts_are_read()
    {
        _flow.Says(Call(1, MountProgram, 3, 5, []));
        _flow.Replies(Reply(1, [.. U4(1), .. Str("/srv/home"), .. U4(1), .. Str("10.0.0.0/8"), .. U4(0), .. U4(1), .. Str("/srv/all"), .. U4(0), .. U4(0)]));
        Assert.Equal(["/srv/home (10.0.0.0/8)", "/srv/all"], _flow.Only<MountTransaction>().Exports);
        _flow.Records.Clear();
        _flow.Says(Call(2, MountProgram, 3, 1, Str("/srv/all")));
        _flow.Replies(Reply(2, U4(13)));
        MountTransaction mount = _flow.Only<MountTransaction>();
        Assert.Equal(("MNT", "/srv/all", 13u), (mount.Name, mount.Path, mount.Status));
    }

    private static (string? From, string? To) Names(NfsOperation operation) => (operation.Path, operation.NewPath);

    private static byte[] Compound(uint count, byte[] operations) => [.. Str("tag"), .. U4(1), .. U4(count), .. operations];

    private static byte[] Results(uint count, byte[] results) => [.. U4(0), .. Str("tag"), .. U4(count), .. results];

    private NfsOperation Do(uint version, uint procedure, byte[] arguments, byte[] results) => Assert.Single(Transact(version, procedure, arguments, results).Operations);

    private NfsTransaction Transact(uint version, uint procedure, byte[] arguments, byte[] results)
    {
        _flow.Says(Call(++_xid, NfsProgram, version, procedure, arguments));
        _flow.Replies(Reply(_xid, results));
        return _flow.Records.OfType<NfsTransaction>().Last();
    }
}
