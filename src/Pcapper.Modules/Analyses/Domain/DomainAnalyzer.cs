using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Modules.Protocols.Dns;
using Pcapper.Modules.Protocols.Kerberos;
using Pcapper.Modules.Protocols.Ldap;
using Pcapper.Modules.Protocols.Netbios;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Modules.Protocols.Smb;

namespace Pcapper.Modules.Analyses.Domain;

/// <summary><c>--domain</c>: the Active Directory of the capture: forests, domains, controllers with what proves them, computers, who logged in where, services, trusts.</summary>
public sealed class DomainAnalyzer : Analyzer<DomainState>, IRecordConsumer<DceRpcCall>, IRecordConsumer<DnsTransaction>, IRecordConsumer<KerberosExchange>,
    IRecordConsumer<LdapOperation>, IRecordConsumer<LdapServerFacts>, IRecordConsumer<LdapTrust>, IRecordConsumer<NameSeen>, IRecordConsumer<NbnsMessage>,
    IRecordConsumer<NetbiosDatagram>, IRecordConsumer<NetlogonDomains>, IRecordConsumer<NtlmAuthentication>, IRecordConsumer<SmbLogin>, IRecordConsumer<SmbTreeConnect>
{
    private readonly DomainDirectoryRecords _directory;
    private readonly DomainKerberosRecords _kerberos;
    private readonly DomainNameRecords _names;

    /// <summary>Initializes a new instance of the <see cref="DomainAnalyzer"/> class.</summary>
    public DomainAnalyzer()
    {
        _directory = new DomainDirectoryRecords(State);
        _kerberos = new DomainKerberosRecords(State);
        _names = new DomainNameRecords(State);
    }

    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "domain", "--domain", "Domain", "Active Directory: domains, controllers with their proof, computers, who logged in where, services, trusts", 1, []);

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<DceRpcCall>(this);
        bus.Subscribe<DnsTransaction>(this);
        bus.Subscribe<KerberosExchange>(this);
        bus.Subscribe<LdapOperation>(this);
        bus.Subscribe<LdapServerFacts>(this);
        bus.Subscribe<LdapTrust>(this);
        bus.Subscribe<NameSeen>(this);
        bus.Subscribe<NbnsMessage>(this);
        bus.Subscribe<NetbiosDatagram>(this);
        bus.Subscribe<NetlogonDomains>(this);
        bus.Subscribe<NtlmAuthentication>(this);
        bus.Subscribe<SmbLogin>(this);
        bus.Subscribe<SmbTreeConnect>(this);
    }

    /// <inheritdoc/>
    public void Consume(DceRpcCall record) => _directory.Add(record);

    /// <inheritdoc/>
    public void Consume(DnsTransaction record) => _names.Add(record);

    /// <inheritdoc/>
    public void Consume(KerberosExchange record) => _kerberos.Add(record);

    /// <inheritdoc/>
    public void Consume(LdapOperation record) => _directory.Add(record);

    /// <inheritdoc/>
    public void Consume(LdapServerFacts record) => _directory.Add(record);

    /// <inheritdoc/>
    public void Consume(LdapTrust record) => _directory.Add(record);

    /// <inheritdoc/>
    public void Consume(NameSeen record) => _names.Add(record);

    /// <inheritdoc/>
    public void Consume(NbnsMessage record) => _names.Add(record);

    /// <inheritdoc/>
    public void Consume(NetbiosDatagram record) => _names.Add(record);

    /// <inheritdoc/>
    public void Consume(NetlogonDomains record) => _directory.Add(record);

    /// <inheritdoc/>
    public void Consume(NtlmAuthentication record) => _directory.Add(record);

    /// <inheritdoc/>
    public void Consume(SmbLogin record) => _directory.Add(record);

    /// <inheritdoc/>
    public void Consume(SmbTreeConnect record) => _directory.Add(record);

    /// <inheritdoc/>
    public override void Conclude(DomainState state, Conclusions conclusions)
    {
        var model = new DomainModel(state);
        DomainTables.Write(model, conclusions.Section);
        model.Tell(conclusions.Overview);
    }
}
