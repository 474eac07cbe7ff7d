using CsCheck;
using Pcapper.Engine;
using Pcapper.Modules.Analyses.Domain;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Modules.Protocols.Netbios;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Modules.Protocols.Smb;
using Pcapper.Packets;
using Xunit;

namespace Pcapper.Tests.Analyses.Domain;

public sealed class DomainAnalyzerTests
{
    private const string Client = "10.0.0.21";
    private const string Server = "10.0.0.10";

    private static readonly Gen<string> s_domain = Gen.OneOf("corp.example", "CORP", "other.example", "a\x1b[31m.example", "");

    private static readonly Gen<Action<RecordBus>> s_records =
        from kind in Gen.Int[0, 10]
        from frame in Gen.Int[1, 60]
        from who in Gen.Int[1, 3]
        from domain in s_domain
        from other in s_domain
        from success in Gen.OneOf<bool?>(null, true, false)
        let client = $"10.0.0.{who}"
        let server = $"10.0.1.{frame % 3}"
        select kind switch
        {
            0 => Emit(Ping(domain, frame, server) with { NetbiosDomain = other.Contains('.', StringComparison.Ordinal) ? null : other, HostName = $"dc{who}.{domain}" }),
            1 => Emit(Ticket($"u{who}{(success == true ? "$" : "")}", domain, $"krbtgt/{other}", frame, client, server)),
            2 => Emit(Refusal($"u{who}", domain, success == true ? 6 : 24, frame, client, server)),
            3 => Emit(Login($"U{who}", domain, success, frame, client, server) with { Server = new NtlmTargetInfo { NetbiosComputer = $"S{who}", NetbiosDomain = "CORP", DnsDomain = other, DnsTree = domain } }),
            4 => Emit(Located($"_ldap._tcp.dc._msdcs.{domain}", $"dc{who}.{other}", frame)),
            5 => Emit(Name($"H{who}", client, frame)),
            6 => Emit(Owner(domain, NetbiosSuffix.Controllers, server, frame)),
            7 => Emit(Call(DceRpcInterfaces.DirectoryReplication, frame, client, server)),
            8 => Emit(new LdapTrust { Flow = Flow(client, server), Frame = At(frame), Time = Time(frame), Server = IpAddress.Parse(server), Domain = domain, Partner = other, TrustDirection = who, Attributes = frame }),
            9 => Emit(new NetlogonDomains { Flow = Flow(client, server), Frame = At(frame), Time = Time(frame), Server = IpAddress.Parse(server), Domains = [new NetlogonDomain("CORP", domain, 8, 0), new NetlogonDomain("X", other, 0x22, 4)] }),
            _ => Emit(Share(@"\\x\SYSVOL", frame, client, server)),
        };

    [Fact]
    public void The_state_does_not_depend_on_how_the_work_was_split() => Laws.Hold<DomainAnalyzer>(s_records, 60);

    [Fact]
    public void Users_of_no_named_domain_are_told_apart_in_all_numbers()
    {
        string text = Text(Ping("corp.example", 1), Login("anna", "", true, 2));
        Assert.Contains("1 user let in (1 of no named domain)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("0 users", text, StringComparison.Ordinal);
        text = Text(Ping("corp.example", 1), Login("anna", "corp.example", true, 2));
        Assert.Contains("1 user let in", text, StringComparison.Ordinal);
        Assert.DoesNotContain("of no named domain", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_to_a_ping_proves_a_controller_and_joins_the_names_of_its_domain()
    {
        DomainModel model = Model(
            Ping("Corp.Example", 1) with { NetbiosDomain = "CORP", NetbiosName = "DC1", HostName = "dc1.corp.example", Forest = "example", Site = "Berlin", Roles = 0x1 },
            Login("Anna", "CORP", true, 2),
            Login("ANNA", "corp.example", true, 3),
            Ticket("anna", "CORP.EXAMPLE", "krbtgt/CORP.EXAMPLE", 4));
        Assert.Equal(["corp.example", "example"], model.Domains.Select(d => d.Name));
        Assert.Equal(["corp"], model.Resolver.NetbiosNames("corp.example"));
        ControllerEntry controller = Assert.Single(model.Controllers);
        Assert.Equal((true, "dc1.corp.example", "corp.example"), (controller.IsProven, controller.Name, controller.Domain));
        (var key, IdentityEntry anna) = Assert.Single(model.Identities);
        Assert.Equal(("anna", "corp.example", IpAddress.Parse(Client)), key);
        Assert.Equal((3L, "anna", IdentityFinder.OfDomain), (anna.Succeeded, anna.User, anna.Kind));
        Assert.Equal(["kerberos", "ntlm/smb"], anna.Sources);
    }

    [Fact]
    public void A_controller_that_takes_no_changes_is_told()
    {
        Assert.Contains("GC, read-only", Text(Ping("corp.example", 1) with { Roles = 0x04 }), StringComparison.Ordinal);
        Assert.DoesNotContain("read-only", Text(Ping("corp.example", 1) with { Roles = 0x104 }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_controller_with_two_addresses_is_one()
    {
        DomainModel model = Model(Ping("corp.example", 1) with { HostName = "dc1.corp.example" }, Ping("corp.example", 2, "2001:db8::10") with { HostName = "DC1.corp.example" });
        Assert.Equal(2, Assert.Single(model.Controllers).Addresses.Count);
        ProtocolRecord[] twice = [Ping("corp.example", 1) with { HostName = "dc1.corp.example" }, Ping("corp.example", 2, "10.0.0.66") with { NetbiosName = "DC1" }];
        Assert.Single(Model(twice).Controllers);
        Assert.Contains("dc1.corp.example has several addresses: 10.0.0.10, 10.0.0.66.", Text(twice), StringComparison.Ordinal);
        Assert.Equal(2, Model(twice[0], Ping("other.example", 2, "10.0.0.66") with { NetbiosName = "DC1" }).Controllers.Count);
    }

    [Fact]
    public void Tickets_alone_prove_a_key_distribution_center_only_and_computers_tickets_a_controller()
    {
        ControllerEntry center = Assert.Single(Model(Ticket("anna", "EXAMPLE.COM", "krbtgt/EXAMPLE.COM", 1)).Controllers);
        Assert.Equal((false, "KDC"), (center.IsProven, center.Role));
        Assert.Equal("Kerberos realm", Assert.Single(Model(Ticket("anna", "EXAMPLE.COM", "krbtgt/EXAMPLE.COM", 1)).Domains).Kind);
        Assert.True(Assert.Single(Model(Ticket("WS$", "EXAMPLE.COM", "krbtgt/EXAMPLE.COM", 1)).Controllers).IsProven);
    }

    [Fact]
    public void Who_only_announces_itself_is_no_controller()
    {
        ControllerEntry rogue = Assert.Single(Model(Announcement(1)).Controllers);
        Assert.Equal((false, "says so"), (rogue.IsProven, rogue.Role));
        Assert.True(Assert.Single(Model(Announcement(1), Owner("CORP", NetbiosSuffix.Controllers, Server, 2)).Controllers).IsProven);
    }

    [Fact]
    public void Requests_prove_nothing()
    {
        DomainModel model = Model(
            Ticket("WS$", "CORP.EXAMPLE", "krbtgt/CORP.EXAMPLE", 1) with { Reply = null },
            Login("anna", "MADE-UP", false, 2),
            Call(DceRpcInterfaces.DirectoryReplication, 3) with { ResponseTime = null },
            Call(DceRpcInterfaces.DirectoryReplication, 4) with { Fault = 5 },
            Share(@"\\dc1\SYSVOL", 5) with { Status = 0xC0000022 },
            Share(@"\\files\data", 6));
        Assert.Empty(model.Controllers);
        Assert.Empty(model.Domains);
        Assert.Empty(model.Computers);
    }

    [Fact]
    public void Other_directories_are_no_domains()
    {
        DomainModel model = Model(
            new LdapServerFacts { Flow = Flow(), Frame = At(1), Time = Time(1), Server = IpAddress.Parse(Server), Domain = "corp.example", Software = "389-Directory" },
            Bind("cn=admin,dc=corp,dc=example", 2));
        Assert.Empty(model.Controllers);
        Assert.Empty(model.Identities);
    }

    [Fact]
    public void A_bind_with_a_password_counts_at_a_controller()
    {
        (var key, _) = Assert.Single(Model(Ping("corp.example", 1), Bind("cn=anna,ou=people,dc=corp,dc=example", 2)).Identities);
        Assert.Equal(("anna", "corp.example"), (key.User, key.Domain));
    }

    [Fact]
    public void A_server_outside_of_domains_makes_none()
    {
        DomainModel model = Model(Login("anna", "FILES", true, 1) with { Server = new NtlmTargetInfo { NetbiosComputer = "FILES", NetbiosDomain = "files", DnsDomain = "files", DnsComputer = "files" } });
        Assert.Empty(model.Domains);
        Assert.Empty(model.Computers);
    }

    [Fact]
    public void An_account_of_one_computer_is_told_from_one_of_the_domain()
    {
        IdentityEntry local = Assert.Single(Model(Name("WS-ANNA", Client, 1), Login("bob", "WS-ANNA", true, 2)).Identities).Value;
        Assert.Equal(IdentityFinder.OfComputer, local.Kind);
        Assert.Equal(string.Empty, Assert.Single(Model(Login("bob", "ELSEWHERE", true, 2)).Identities).Value.Kind);
    }

    [Fact]
    public void Names_that_do_not_exist_are_no_users()
    {
        DomainModel model = Model(Refusal("guess", "CORP.EXAMPLE", 6, 1), Refusal("anna", "CORP.EXAMPLE", 24, 2), Refusal("anna", "CORP.EXAMPLE", 25, 3));
        (var key, IdentityEntry anna) = Assert.Single(model.Identities);
        Assert.Equal("anna", key.User);
        Assert.Equal((0L, 1L, 0L), (anna.Succeeded, anna.Failed, anna.Unknown));
    }

    [Fact]
    public void Computers_are_members_and_no_users()
    {
        DomainModel model = Model(Ticket("WS-ANNA$", "CORP.EXAMPLE", "krbtgt/CORP.EXAMPLE", 1), Login("FILES$", "CORP.EXAMPLE", true, 2, "10.0.0.30"));
        Assert.Empty(model.Identities);
        Assert.Equal(["files", "ws-anna"], model.Computers.Select(c => c.Key.Name));
    }

    [Fact]
    public void A_service_that_acts_for_a_user_is_not_where_the_user_is()
    {
        KerberosExchange ticket = Ticket("anna", "CORP.EXAMPLE", "http/web", 1, type: KerberosMessageType.TgsRequest);
        Assert.NotEmpty(Model(ticket).Identities);
        Assert.Empty(Model(ticket with { Request = ticket.Request! with { ForUser = "anna" } }).Identities);
    }

    [Fact]
    public void Tickets_from_realm_to_realm_show_trusts_and_another_name_of_the_realm_does_not()
    {
        var trust = Assert.Single(Model(Ticket("anna", "CORP.EXAMPLE", "krbtgt/PARTNER.EXAMPLE", 1, type: KerberosMessageType.TgsRequest)).Trusts);
        Assert.Equal(("partner.example", "corp.example"), (trust.Trusting, trust.Trusted));
        Assert.Empty(Model(Ping("corp.example", 1) with { NetbiosDomain = "CORP" }, Ticket("anna", "CORP.EXAMPLE", "krbtgt/CORP", 2, type: KerberosMessageType.TgsRequest)).Trusts);
    }

    [Fact]
    public void A_list_of_domains_shows_trusts_both_ways()
    {
        DomainModel model = Model(new NetlogonDomains
        {
            Flow = Flow(),
            Frame = At(1),
            Time = Time(1),
            Server = IpAddress.Parse(Server),
            Domains = [new NetlogonDomain("PARTNER", "partner.example", 0x22, 8), new NetlogonDomain("CORP", "corp.example", 0x8, 0), new NetlogonDomain("OLD", "", 0x2, 0)],
        });
        Assert.Equal([("corp.example", "old"), ("corp.example", "partner.example"), ("partner.example", "corp.example")], model.Trusts.Select(t => (t.Trusting, t.Trusted)));
        Assert.Equal("corp.example", model.Resolver.Resolve("corp"));
    }

    [Fact]
    public void A_controller_that_DNS_does_not_name_is_noted()
    {
        ProtocolRecord named = Located("_ldap._tcp.dc._msdcs.corp.example", "dc1.corp.example", 1);
        Assert.Contains("name others: dc1.corp.example", Text(named, Ping("corp.example", 2) with { HostName = "dc9.corp.example" }), StringComparison.Ordinal);
        Assert.DoesNotContain("name others", Text(named, Ping("corp.example", 2) with { HostName = "dc1.corp.example" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_global_catalog_belongs_to_its_own_domain_and_not_to_the_forests()
    {
        ProtocolRecord[] records = [Located("_ldap._tcp.gc._msdcs.example.com", "dc1.corp.example.com", 1), Located("_ldap._tcp.dc._msdcs.corp.example.com", "dc1.corp.example.com", 2)];
        Assert.Equal("corp.example.com", Assert.Single(Model(records[0]).Controllers).Domain);
        ControllerEntry both = Assert.Single(Model(records).Controllers);
        Assert.Equal(("corp.example.com", "named by DNS"), (both.Domain, both.Role));
        Assert.DoesNotContain("several domains", Text([.. records, Ping("corp.example.com", 3) with { HostName = "dc1.corp.example.com" }]), StringComparison.Ordinal);
        Assert.Contains("answers for several domains: corp.example, other.example", Text(Ping("corp.example", 1), Ping("other.example", 2)), StringComparison.Ordinal);
    }

    [Fact]
    public void Refusals_that_judge_nobody_are_no_failures()
    {
        Assert.Empty(Model(Refusal("anna", "CORP.EXAMPLE", 68, 1)).Identities);
        IdentityEntry anna = Assert.Single(Model(Refusal("anna", "CORP.EXAMPLE", 14, 1), Refusal("anna", "CORP.EXAMPLE", 18, 2)).Identities).Value;
        Assert.Equal((0L, 1L, 1L), (anna.Succeeded, anna.Failed, anna.Unknown));
    }

    [Fact]
    public void Replication_alone_is_noted()
    {
        ControllerEntry rogue = Assert.Single(Model(Call(DceRpcInterfaces.DirectoryReplication, 1)).Controllers);
        Assert.Equal((false, "possibly"), (rogue.IsProven, rogue.Role));
        Assert.Contains("nothing else shows that it is one", Text(Call(DceRpcInterfaces.DirectoryReplication, 1)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_for_several_domains_counts_for_the_one_that_most_tell()
    {
        ProtocolRecord[] records =
        [
            Ping("zeta.example", 1) with { NetbiosDomain = "CORP" },
            Ping("zeta.example", 2, "10.0.0.11") with { NetbiosDomain = "CORP" },
            Ping("alpha.example", 3, "10.0.0.66") with { NetbiosDomain = "CORP" },
        ];
        Assert.Equal("zeta.example", Model(records).Resolver.Resolve("corp"));
        Assert.Contains("The name CORP was given for several domains: alpha.example, zeta.example", Text(records), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_made_up_is_bounded()
    {
        const int Many = 21_000;
        var analyzer = new DomainAnalyzer();
        for (int i = 0; i < Many; i++)
        {
            string client = $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}";
            analyzer.Consume(Login($"U{i}$", "CORP", true, i, client) with { Server = new NtlmTargetInfo { NetbiosComputer = $"S{i}", NetbiosDomain = $"D{i}", DnsDomain = $"d{i}.example", DnsTree = "example" } });
            analyzer.Consume(Login($"u{i}", $"d{i}.example", true, i));
            analyzer.Consume(Ping($"d{i}.example", i, client) with { HostName = "dc1.example", NetbiosName = $"N{i}", NetbiosDomain = "CORP", ClientSite = $"site{i}" });
            analyzer.Consume(Name($"H{i}", Client, i));
            analyzer.Consume(Owner($"D{i}", NetbiosSuffix.Workstation, Client, i));
            analyzer.Consume((DnsTransaction)Located($"_ldap._tcp.dc._msdcs.d{i}.example", "dc1.example", i));
        }

        DomainModel model = new(analyzer.State);
        Assert.InRange(model.Computers.Count, 1, 50_000);
        Assert.InRange(model.Controllers.Count, 1, 10_000);
        Assert.InRange(model.Controllers.Sum(c => c.Evidence.Count), 1, 100_000);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        Assert.Contains(conclusions.Section.Blocks, b => b is NoteBlock);
    }

    [Fact]
    public void Hostile_names_stay_harmless()
    {
        string text = Text(Ping("a\x1b[2J\u202e.example", 1) with { HostName = "x|y\n.example", NetbiosDomain = new string('A', 5000) }, Login("<b>\0", "\r", true, 2));
        Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202e', text);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\u200b")]
    public void Names_without_a_letter_are_survived(string name)
        => Assert.Contains("corp.example", Text(Ping("corp.example", 1), Login(name, "corp.example", true, 2), Ticket(name, "corp.example", "/" + name, 3), Ticket("anna", "corp.example", name + "/", 4)), StringComparison.Ordinal);

    private static Timestamp Time(int frame) => Timestamp.FromSeconds(1_700_000_000 + frame);

    private static FrameRef At(int frame) => new(0, frame);

    private static FlowId Flow(string client = Client, string server = Server) => new(new FlowKey(IpAddress.Parse(client), 49152, IpAddress.Parse(server), 445, IpProtocol.Tcp, default), At(1));

    private static Action<RecordBus> Emit<TRecord>(TRecord record)
        where TRecord : ProtocolRecord
        => bus => bus.Emitter<TRecord>().Emit(record);

    private static DomainAnalyzer Analyzer(ProtocolRecord[] records)
    {
        var analyzer = new DomainAnalyzer();
        foreach (ProtocolRecord record in records)
        {
            switch (record)
            {
                case DceRpcCall call: analyzer.Consume(call); break;
                case DnsTransaction dns: analyzer.Consume(dns); break;
                case KerberosExchange exchange: analyzer.Consume(exchange); break;
                case LdapOperation operation: analyzer.Consume(operation); break;
                case LdapServerFacts facts: analyzer.Consume(facts); break;
                case NameSeen name: analyzer.Consume(name); break;
                case NbnsMessage message: analyzer.Consume(message); break;
                case NetbiosDatagram datagram: analyzer.Consume(datagram); break;
                case NetlogonDomains domains: analyzer.Consume(domains); break;
                case NtlmAuthentication login: analyzer.Consume(login); break;
                case SmbTreeConnect share: analyzer.Consume(share); break;
            }
        }

        return analyzer;
    }

    private static DomainModel Model(params ProtocolRecord[] records) => new(Analyzer(records).State);

    private static string Text(params ProtocolRecord[] records)
    {
        DomainAnalyzer analyzer = Analyzer(records);
        var conclusions = new Conclusions();
        analyzer.Conclude(analyzer.State, conclusions);
        var document = new ReportDocument(new ReportHeader("pcapper", "test", []), [], []) { Sections = [conclusions.Section], Overview = conclusions.Overview };
        using var output = new MemoryStream();
        new TextRenderer().Render(document, output, new RenderOptions { Verbose = true, Width = 10_000 });
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static LdapServerFacts Ping(string domain, int frame, string server = Server)
        => new() { Flow = Flow(server: server), Frame = At(frame), Time = Time(frame), Server = IpAddress.Parse(server), IsPing = true, Domain = domain };

    private static KerberosExchange Ticket(string user, string realm, string service, int frame, string client = Client, string server = Server, KerberosMessageType type = KerberosMessageType.AsRequest) => new()
    {
        Flow = Flow(client, server),
        Frame = At(frame),
        Time = Time(frame),
        Client = IpAddress.Parse(client),
        Server = IpAddress.Parse(server),
        Carrier = "kerberos",
        Request = new KerberosRequest { Frame = At(frame), Time = Time(frame), Type = type, Client = user, Realm = realm, Service = service },
        Reply = new KerberosReply
        {
            Frame = At(frame),
            Time = Time(frame),
            Type = type == KerberosMessageType.AsRequest ? KerberosMessageType.AsReply : KerberosMessageType.TgsReply,
            Client = user,
            ClientRealm = realm,
            Service = service,
            Ticket = new KerberosTicket(realm, service, new KerberosCipher(18, null, 0, default)),
        },
    };

    private static KerberosExchange Refusal(string user, string realm, int code, int frame, string client = Client, string server = Server)
        => Ticket(user, realm, $"krbtgt/{realm}", frame, client, server) with { Reply = new KerberosReply { Frame = At(frame), Time = Time(frame), Type = KerberosMessageType.Error, ErrorCode = code } };

    private static NtlmAuthentication Login(string user, string domain, bool? success, int frame, string client = Client, string server = Server) => new()
    {
        Flow = Flow(client, server),
        Frame = At(frame),
        Time = Time(frame),
        Carrier = "smb",
        Direction = Direction.ToResponder,
        User = user,
        Domain = domain,
        Workstation = string.Empty,
        Kind = NtlmResponseKind.Version2,
        Flags = default,
        LmResponse = default,
        NtResponse = default,
        Success = success,
    };

    private static DnsTransaction Located(string name, string host, int frame) => new()
    {
        Flow = Flow(),
        Frame = At(frame),
        Time = Time(frame),
        Question = new DnsQuestion(name, 33, 1),
        Response = new DnsMessage
        {
            Flow = Flow(),
            Frame = At(frame),
            Time = Time(frame),
            Direction = Direction.ToOriginator,
            Kind = DnsKind.Dns,
            IsTcp = false,
            Length = 100,
            Id = 1,
            Flags = 0x8580,
            Questions = [],
            Answers = [new DnsResourceRecord(name, 33, 1, 60, host, null, 20)],
            Authorities = [],
            Additionals = [],
            Rcode = 0,
        },
    };

    private static NameSeen Name(string name, string address, int frame)
        => new() { Flow = Flow(), Frame = At(frame), Time = Time(frame), Address = IpAddress.Parse(address), Name = name, Source = NameSource.Netbios };

    private static NbnsMessage Owner(string name, byte suffix, string owner, int frame) => new()
    {
        Flow = Flow(),
        Frame = At(frame),
        Time = Time(frame),
        Direction = Direction.ToOriginator,
        TransactionId = 1,
        Flags = 0x8500,
        Name = new NetbiosName(name, suffix),
        Type = NbnsMessage.TypeNb,
        Addresses = [new NbnsAddress(IpAddress.Parse(owner), true)],
    };

    private static NetbiosDatagram Announcement(int frame) => new()
    {
        Flow = Flow(Server, "10.0.0.255"),
        Frame = At(frame),
        Time = Time(frame),
        Direction = Direction.ToResponder,
        SourceAddress = IpAddress.Parse(Server),
        Source = new NetbiosName("DC1", NetbiosSuffix.Workstation),
        Destination = new NetbiosName("CORP", NetbiosSuffix.MasterBrowser),
        Browser = new BrowserMessage(BrowserCommand.HostAnnouncement, "DC1", 10, 0, 0x8, ""),
    };

    private static DceRpcCall Call(string id, int frame, string client = Client, string server = Server)
        => new() { Flow = Flow(client, server), Frame = At(frame), Time = Time(frame), Direction = Direction.ToResponder, Interface = id, Operation = 3, ResponseTime = 1000 };

    private static SmbTreeConnect Share(string path, int frame, string client = Client, string server = Server)
        => new() { Flow = Flow(client, server), Frame = At(frame), Time = Time(frame), Direction = Direction.ToResponder, Path = path, Kind = SmbFileKind.Disk, Status = 0 };

    private static LdapOperation Bind(string name, int frame) => new()
    {
        Flow = Flow(),
        Frame = At(frame),
        Time = Time(frame),
        MessageId = frame,
        Kind = LdapOperationKind.Bind,
        Client = IpAddress.Parse(Client),
        Server = IpAddress.Parse(Server),
        IsAsked = true,
        Object = name,
        Mechanism = "simple",
        PasswordLength = 6,
        Result = new LdapResult { Frame = At(frame), Time = Time(frame), Code = 0 },
    };
}
