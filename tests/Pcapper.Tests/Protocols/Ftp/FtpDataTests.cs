using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ftp;
using Pcapper.Packets;
using Pcapper.Tests.Building;
using Xunit;

namespace Pcapper.Tests.Protocols.Ftp;

/// <summary>Data connections of FTP that a control connection announced.</summary>
public sealed class FtpDataTests
{
    [Fact]
    public void What_it_carries_is_the_file_that_was_asked_for_meanwhile()
    {
        var flow = new DataFlow();
        flow.Says("hello ");
        flow.Note.Command = "RETR";
        flow.Note.Path = "/pub/a.txt";
        flow.Note.Size = 11;
        flow.Says("world");
        flow.Parser.OnClose(Direction.ToOriginator, default);
        FileTransfer file = flow.Only<FileTransfer>();
        Assert.Equal(("ftp-data", "/pub/a.txt", 11L, 11L, true), (file.Protocol, file.Name, file.SeenBytes, file.TotalBytes, file.IsComplete));
        Assert.NotNull(file.Sha256);
    }

    [Theory]
    [InlineData("LIST", 0)]
    [InlineData("MLSD", 0)]
    [InlineData("STOR", 1)]
    [InlineData(null, 1)]
    public void Listings_are_no_files(string? command, int files)
    {
        var flow = new DataFlow();
        flow.Note.Command = command;
        flow.Says("x");
        flow.Parser.OnClose(Direction.ToOriginator, default);
        Assert.Equal(files, flow.All<FileTransfer>().Count);
    }

    [Fact]
    public void What_ends_without_a_close_or_begins_in_the_middle_or_was_refused_is_not_complete()
    {
        foreach ((long offset, bool isRefused, bool closes, bool isComplete) in ((long, bool, bool, bool)[])[(0, false, true, true), (5, false, true, false), (0, true, true, false), (0, false, false, false)])
        {
            var flow = new DataFlow();
            (flow.Note.Command, flow.Note.Offset, flow.Note.IsRefused) = ("RETR", offset, isRefused);
            flow.Says("x");
            if (closes)
            {
                flow.Parser.OnClose(Direction.ToOriginator, default);
            }

            flow.Parser.OnEnd();
            Assert.Equal(isComplete, flow.Only<FileTransfer>().IsComplete);
        }
    }

    [Fact]
    public void Lost_bytes_are_a_hole()
    {
        var flow = new DataFlow();
        flow.Says("abc");
        Assert.True(flow.Parser.OnGap(Direction.ToOriginator, 10));
        flow.Says("def");
        flow.Parser.OnClose(Direction.ToOriginator, default);
        Assert.Equal((6L, 10L, false), flow.Only<FileTransfer>() is var file ? (file.SeenBytes, file.MissingBytes, file.IsComplete) : default);
    }

    [Fact]
    public void A_handshake_of_TLS_is_left_to_its_own_parser()
    {
        var flow = new DataFlow();
        Assert.Equal(ParseStatus.NeedMore, flow.Says("\x16\x03\x01").Status);
        Assert.Equal(ParseStatus.NotThisProtocol, flow.Says("\x16\x03\x01\x02\x00\x01").Status);
    }

    [Fact]
    public void A_file_that_begins_like_a_record_of_TLS_is_a_file()
    {
        var flow = new DataFlow();
        Assert.Equal(ParseStatus.Done, flow.Says("\x16\x03\x01\x02\x00\x41").Status);
        flow.Parser.OnClose(Direction.ToOriginator, default);
        Assert.Equal(6, flow.Only<FileTransfer>().SeenBytes);
    }

    private sealed class DataFlow : RecordingFlow
    {
        public DataFlow()
            : base("10.0.0.5", 49152, "10.0.0.9", 20_000, IpProtocol.Tcp)
        {
            Parser = new FtpDataParser(this, Bus);
        }

        public FtpDataNote Note { get; } = new();

        public FtpDataParser Parser { get; }

        public override Expectation? AnnouncedAs => new(Id.Responder, 20_000, IpProtocol.Tcp, "ftp-data", Note);

        public ParseResult Says(string text) => Show(Parser, Direction.ToOriginator, Hex.Text(text), isDatagram: false, default);
    }
}
