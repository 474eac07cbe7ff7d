using System.Diagnostics;
using CsCheck;
using Pcapper.Engine;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests;

public sealed class FilterTests
{
    private static readonly IpAddress s_client = IpAddress.Parse("10.0.0.5");
    private static readonly IpAddress s_server = IpAddress.Parse("2001:db8::9");

    [Fact]
    public void The_address_family_picks_the_field() => Assert.Equal(
        "ip.src == 10.0.0.5 && ipv6.dst == 2001:db8::9 && tcp.port == 443 && tls.handshake.type == 1",
        Filter.From(s_client).To(s_server).Port(IpProtocol.Tcp, 443).And("tls.handshake.type == 1"));

    [Fact]
    public void Alternatives_are_put_in_brackets()
    {
        Filter either = Filter.Any(Filter.Address(s_client), Filter.Mac(new MacAddress(0x000C_2912_3456)));
        Assert.Equal("(ip.addr == 10.0.0.5) || (eth.addr == 00:0c:29:12:34:56)", either);
        Assert.Equal("((ip.addr == 10.0.0.5) || (eth.addr == 00:0c:29:12:34:56)) && dns", either.And("dns"));
        Assert.Equal("dns && ((ip.addr == 10.0.0.5) || (eth.addr == 00:0c:29:12:34:56))", Filter.Where("dns").And(either));
        Assert.Equal("ip.addr == 10.0.0.5 && (a || b)", Filter.Address(s_client).And("a || b"));
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\" || frame.number == 1 || \"", "\"\\\" || frame.number == 1 || \\\"\"")]
    public void Capture_text_is_quoted(string text, string quoted) => Assert.Equal("http.host == " + quoted, Filter.All.Text("http.host", text));

    [Theory]
    [InlineData("caf\u00e9.example\u001b[31m", "http.host contains \".example\"")]
    [InlineData("\u00e9\u001b\n", "http.host")]
    public void Text_beyond_ascii_is_looked_for_by_its_longest_plain_part(string text, string filter)
        => Assert.Equal(filter, Filter.All.Text("http.host", text));

    [Fact]
    public void A_long_text_is_compared_by_its_beginning()
        => Assert.Equal($"http.host contains \"{new string('x', 200)}\"", Filter.All.Text("http.host", new string('x', 5000)));

    [Fact]
    public void Any_text_stays_inside_its_quotes()
        => Gen.String.Always(text =>
        {
            string filter = Filter.All.Contains("f", text);
            if (filter == "f")
            {
                return true;
            }

            string inside = filter["f contains \"".Length..^1].Replace("\\\\", string.Empty).Replace("\\\"", string.Empty);
            return filter.EndsWith('"') && !inside.Contains('"') && filter.All(c => c is >= ' ' and <= '~');
        });

    [Fact]
    public void Wireshark_accepts_what_is_built()
    {
        var frames = new FrameSample();
        frames.Add(new FrameRef(0, 17));
        frames.Add(new FrameRef(0, 204));
        string[] filters =
        [
            Filter.From(s_client).To(s_client).FromPort(IpProtocol.Udp, 53).And("dns.flags.response == 0"),
            Filter.Frames(frames),
            Filter.Where("dns").Text("dns.qry.name", "a\"b\\c é\u001b \ud800"),
            Filter.Any(Filter.Address(s_server), Filter.Mac(default)).Contains("http.host", "x\"y").Number("tcp.stream", 3),
            Filter.Flow(new FlowKey(s_client, 1, s_client, 2, IpProtocol.Sctp, default)),
        ];
        string capture = Path.GetTempFileName();
        File.WriteAllBytes(capture, Convert.FromHexString("d4c3b2a1020004000000000000000000ffff000001000000"));
        try
        {
            foreach (string filter in filters)
            {
                var start = new ProcessStartInfo("tshark") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
                foreach (string argument in (string[])["-r", capture, "-Y", filter])
                {
                    start.ArgumentList.Add(argument);
                }

                using Process tshark = Process.Start(start)!;
                string error = tshark.StandardError.ReadToEnd();
                tshark.WaitForExit();
                Assert.True(tshark.ExitCode == 0, $"{filter}: {error}");
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("tshark is not installed");
        }
        finally
        {
            File.Delete(capture);
        }
    }
}
