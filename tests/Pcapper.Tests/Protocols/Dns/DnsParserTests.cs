using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Packets;
using Xunit;
using static Pcapper.Tests.Building.FrameBuilder;
using static Pcapper.Tests.Building.Hex;
using static Pcapper.Tests.Protocols.Dns.DnsBytes;

namespace Pcapper.Tests.Protocols.Dns;

public sealed class DnsParserTests
{
    private static readonly byte[] s_response = Bytes("""
        00 07 81 80               id 7; response, RD, RA
        00 01 00 02 00 00 00 01   one question, two answers, one additional
        03 777777 07 6578616d706c65 00   www.example
        00 01 00 01               A, IN
        c0 0c 00 05 00 01 00 00 00 3c 00 06   www.example CNAME, 60 s, six bytes
        03 63646e c0 10           cdn.example
        c0 29 00 01 00 01 00 00 00 1e 00 04   cdn.example A, 30 s
        c0 00 02 05               192.0.2.5
        00 00 29 04 d0 00 00 80 00 00 00   OPT: 1,232 bytes, DO
        """);

    // One name of 254 letters and two bytes for each further question.
    [Fact]
    public void Questions_that_repeat_a_name_keep_it_once_and_few_are_kept()
    {
        var flow = new DnsTestFlow();
        flow.Asks(ManyQuestions(7, 2048));
        flow.Parser.OnEnd();
        DnsMessage message = flow.Only<DnsMessage>();
        Assert.Equal(64, message.Questions.Count);
        Assert.All(message.Questions, q => Assert.Same(message.Questions[0].Name, q.Name));
        Assert.Equal("too many questions", flow.Only<AnomalySeen>().Rule);
    }

    [Fact]
    public void Records_that_repeat_a_name_keep_it_once()
    {
        var flow = new DnsTestFlow();
        flow.Answers(Response("www.example", A, 7, 0x8180, Address(1), Address(2), Address(3)));
        DnsMessage message = flow.Only<DnsMessage>();
        Assert.All(message.Answers, a => Assert.Same(message.Questions[0].Name, a.Name));
    }

    [Fact]
    public void Queries_wait_for_their_answers_within_a_bound_of_bytes()
    {
        var flow = new DnsTestFlow();
        for (ushort id = 0; id < 300; id++)
        {
            flow.Asks(ManyQuestions(id, 64));
        }

        Assert.InRange(300 - flow.All<DnsTransaction>().Select(t => t.Query!.Id).Distinct().Count(), 1, 30);
        flow.Answers(Query("none.example", A, 299, 0x8180));
        flow.Parser.OnEnd();
        Assert.Equal(300, flow.All<DnsTransaction>().Where(t => t.Query is not null).Select(t => t.Query!.Id).Distinct().Count());
    }

    private static byte[] ManyQuestions(ushort id, int count)
    {
        string name = string.Join('.', Enumerable.Repeat(new string('a', 62), 4));
        return [.. Big(id, 2), 1, 0, .. Big((ulong)count, 2), 0, 0, 0, 0, 0, 0, .. Name(name), 0, 1, 0, 1, .. Enumerable.Repeat<byte[]>([0xC0, 12, 0, 1, 0, 1], count - 1).SelectMany(q => q)];
    }

    [Fact]
    public void A_query_and_its_response_become_one_transaction()
    {
        var flow = new DnsTestFlow();
        byte[] query = Query("www.example");
        Assert.Equal(ParseResult.Done(query.Length), flow.Asks(query));
        Assert.Equal(ParseResult.Done(s_response.Length), flow.Answers(s_response));

        DnsTransaction transaction = flow.Only<DnsTransaction>();
        Assert.Equal(new DnsQuestion("www.example", 1, 1), transaction.Question);
        Assert.Equal(1_000_000, transaction.ResponseTime);
        Assert.Equal("10.0.0.5", transaction.Client.ToString());
        DnsMessage response = transaction.Response!;
        Assert.Equal(["cdn.example", "192.0.2.5"], response.Answers.Select(a => a.Data));
        Assert.Equal("cdn.example", response.Answers[1].Name);
        Assert.Equal((ushort)1232, response.EdnsSize);
        Assert.True(response.DnssecOk);
        Assert.Empty(response.Additionals);
        NameSeen name = flow.Only<NameSeen>();
        Assert.Equal(("www.example", NameSource.Dns), (name.Name, name.Source));
    }

    [Fact]
    public void A_query_without_response_is_stated_at_the_end()
    {
        var flow = new DnsTestFlow();
        flow.Asks(Query("www.example"));
        Assert.Empty(flow.Records.OfType<DnsTransaction>());
        flow.Parser.OnEnd();
        Assert.Null(flow.Only<DnsTransaction>().Response);
    }

    [Fact]
    public void Every_prefix_of_a_datagram_is_survived_and_says_no_more_than_there_is()
    {
        for (int length = 0; length < s_response.Length; length++)
        {
            var flow = new DnsTestFlow();
            ParseResult result = flow.Answers(s_response.AsSpan(0, length));
            Assert.True(result.Status is ParseStatus.Done or ParseStatus.Malformed);
            Assert.Equal(result.Status == ParseStatus.Done, flow.Records.OfType<DnsMessage>().Any());
        }
    }

    [Fact]
    public void A_datagram_cut_by_the_snap_length_is_no_anomaly()
    {
        var flow = new DnsTestFlow();
        byte[] query = Query("www.example");
        Assert.Equal(ParseStatus.Done, flow.Asks(query.AsSpan(0, 20), missing: query.Length - 20).Status);
        Assert.Empty(flow.Records.OfType<AnomalySeen>());
        Assert.Equal(query.Length, flow.Only<DnsMessage>().Length);
    }

    [Fact]
    public void Every_changed_byte_is_survived()
    {
        for (int at = 0; at < s_response.Length; at++)
        {
            for (int value = 0; value < 256; value++)
            {
                byte[] changed = [.. s_response];
                changed[at] = (byte)value;
                var flow = new DnsTestFlow();
                ParseResult result = flow.Answers(changed);
                Assert.True(result.Status != ParseStatus.Done || result.Bytes == changed.Length);
            }
        }
    }

    [Fact]
    public void Any_bytes_are_survived()
        => Gen.Byte.Array[0, 300].Always(bytes =>
        {
            var flow = new DnsTestFlow(protocol: IpProtocol.Tcp);
            flow.Asks(bytes);
            ParseResult result = flow.Asks(bytes, isDatagram: false);
            return result.Status != ParseStatus.Done || result.Bytes is > 0 && result.Bytes <= bytes.Length;
        });

    [Theory]
    [InlineData("c0 0c", "a pointer to itself")]
    [InlineData("c0 20", "a pointer forward")]
    [InlineData("01 61 c0 0c", "a loop over a label")]
    [InlineData("40 61", "a reserved kind of label")]
    [InlineData("3f 61", "a label past the end")]
    public void A_name_that_breaks_the_rules_is_refused(string name, string why)
    {
        var flow = new DnsTestFlow();
        ParseResult result = flow.Asks([.. Bytes("00 07 01 00 00 01 00 00 00 00 00 00"), .. Bytes(name), 0, 1, 0, 1]);
        Assert.True(result.Status == ParseStatus.Malformed, why);
        Assert.Empty(flow.Records.OfType<DnsMessage>());
    }

    [Fact]
    public void A_name_of_more_than_255_bytes_is_refused()
    {
        var flow = new DnsTestFlow();
        string name = string.Join('.', Enumerable.Repeat(new string('a', 63), 5));
        Assert.Equal(ParseStatus.Malformed, flow.Asks(Query(name)).Status);
    }

    [Fact]
    public void The_class_of_multicast_DNS_loses_its_flag_bit()
    {
        var flow = new DnsTestFlow(5353);
        flow.Asks(Query("printer.local", @class: 0x8001, id: 0, flags: 0));
        DnsMessage message = flow.Only<DnsMessage>();
        Assert.Equal(DnsKind.Mdns, message.Kind);
        Assert.Equal(1, Assert.Single(message.Questions).Class);
    }

    [Fact]
    public void Over_TCP_the_length_comes_first_and_prefixes_ask_for_more()
    {
        byte[] framed = Framed(Query("www.example"));
        for (int length = 0; length < framed.Length; length++)
        {
            var flow = new DnsTestFlow(protocol: IpProtocol.Tcp);
            ParseResult result = flow.Asks(framed.AsSpan(0, length), isDatagram: false);
            Assert.Equal(ParseStatus.NeedMore, result.Status);
            Assert.InRange(result.Bytes, length + 1, framed.Length);
        }

        var whole = new DnsTestFlow(protocol: IpProtocol.Tcp);
        Assert.Equal(ParseResult.Done(framed.Length), whole.Asks([.. framed, 0, 1], isDatagram: false));
        Assert.True(whole.Only<DnsMessage>().IsTcp);
    }

    [Fact]
    public void A_second_response_with_other_addresses_contradicts_the_first()
    {
        var flow = new DnsTestFlow();
        flow.Asks(Query("bank.example"));
        flow.Answers(Response("bank.example", A, 7, 0x8180, Address(0xC6336401)));
        flow.Answers(Response("bank.example", A, 7, 0x8180, Address(0x5DB8D822)));
        DnsTransaction second = flow.Records.OfType<DnsTransaction>().Last();
        Assert.NotNull(second.Contradicted);
        Assert.Null(second.Query);
    }

    [Fact]
    public void Repeated_queries_and_repeated_responses_contradict_nothing()
    {
        var repeated = new DnsTestFlow();
        repeated.Asks(Query("bank.example"));
        repeated.Asks(Query("bank.example"));
        repeated.Answers(Response("bank.example", A, 7, 0x8180, Address(0xC6336401)));
        repeated.Answers(Response("bank.example", A, 7, 0x8180, Address(0x5DB8D822)));
        Assert.DoesNotContain(repeated.Records.OfType<DnsTransaction>(), t => t.Contradicted is not null);

        var same = new DnsTestFlow();
        same.Asks(Query("bank.example"));
        same.Answers(Response("bank.example", A, 7, 0x8180, Address(0xC6336401)));
        same.Answers(Response("bank.example", A, 7, 0x8180, Address(0xC6336401)));
        Assert.DoesNotContain(same.Records.OfType<DnsTransaction>(), t => t.Contradicted is not null);
    }
}
