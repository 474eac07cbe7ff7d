using Pcapper.Engine;
using Pcapper.Modules.Protocols.Http;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary><c>--ldap</c>: directory servers, clients, binds, searches, changes, domains; reconnaissance, guessing, sensitive changes.</summary>
public sealed class LdapAnalyzer : Analyzer<LdapState>, IRecordConsumer<LdapOperation>, IRecordConsumer<LdapServerFacts>, IRecordConsumer<LdapSession>, IRecordConsumer<LdapJavaObject>
{
    /// <inheritdoc/>
    public override ModuleInfo Info { get; } = new(
        "ldap", "--ldap", "LDAP", "LDAP and CLDAP servers, binds, searches, changes, domains; reconnaissance, guessing, sensitive changes", 2, LdapFindings.All,
        typeof(HttpState));

    /// <inheritdoc/>
    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<LdapOperation>(this);
        bus.Subscribe<LdapServerFacts>(this);
        bus.Subscribe<LdapSession>(this);
        bus.Subscribe<LdapJavaObject>(this);
    }

    /// <inheritdoc/>
    public void Consume(LdapOperation record)
    {
        LdapServer server = State.Servers[record.Server];
        server.Clients.Add(record.Client);
        server.Operations.Add();
        server.When.Add(record.Time, record.Frame);
        if (record.Result is { } result)
        {
            State.Results[new((long)record.Kind, (long)result.Code)].Add(result.Frame);
        }

        switch (record.Kind)
        {
            case LdapOperationKind.Bind:
                State.Totals[(int)LdapTotal.Binds]++;
                AddBind(record);
                break;
            case LdapOperationKind.Search when record.Search is { } search:
                AddSearch(record, search);
                break;
            case LdapOperationKind.Modify or LdapOperationKind.Add or LdapOperationKind.Delete or LdapOperationKind.ModifyDn:
                State.Totals[(int)LdapTotal.Changes]++;
                AddChange(record);
                break;
            default:
                State.Totals[(int)LdapTotal.Others]++;
                break;
        }
    }

    /// <inheritdoc/>
    public void Consume(LdapServerFacts record)
    {
        LdapServer server = State.Servers[record.Server];
        server.Names.Add(record.HostName);
        server.Domains.Add(record.Domain);
        server.Forests.Add(record.Forest);
        server.Sites.Add(record.Site);
        server.Software.Add(record.Software);
        server.Netbios.Add(record.NetbiosDomain is null ? null : $"{record.NetbiosDomain}\\{record.NetbiosName}");
        server.When.Add(record.Time, record.Frame);
    }

    /// <inheritdoc/>
    public void Consume(LdapSession record)
    {
        State.Totals[(int)LdapTotal.Sealed] += record.Sealed;
        State.Totals[(int)LdapTotal.SealedBytes] += record.SealedBytes;
        State.Totals[(int)LdapTotal.Signed] += record.Signed;
        State.Totals[(int)LdapTotal.Tls] += record.IsTls ? 1 : 0;
        LdapServer server = State.Servers[record.Server];
        server.Clients.Add(record.Client);
        server.Sealed.Add(record.Sealed);
        server.Tls.Add(record.IsTls ? 1 : 0);
        server.When.Add(record.Time, record.Frame);
    }

    /// <inheritdoc/>
    public void Consume(LdapJavaObject record) => State.JavaObjects[new(record.Server, record.Client)].Add(record);

    /// <inheritdoc/>
    public override void Conclude(LdapState state, Conclusions conclusions)
    {
        LdapTables.Write(state, conclusions.Section);
        LdapFindings.Raise(state, conclusions);
        LdapJavaFindings.Raise(state, conclusions.Of<HttpState>(), conclusions);
        if (state.Totals.Total > 0)
        {
            conclusions.Add(new Signal("directory attack patterns", conclusions.Findings.Count(f => f.Severity >= Severity.Medium), "--ldap"));
        }
    }

    // CN=host,CN=Servers,CN=site,CN=Sites,CN=Configuration,… (MS-ADTS, 6.1.1.2.2.1.2.1.1)
    private static bool IsServerObject(string name)
    {
        int servers = name.IndexOf(",CN=Servers,", StringComparison.OrdinalIgnoreCase);
        return servers > 0 && !name.AsSpan(0, servers).Contains(',') && name.Contains(",CN=Sites,CN=Configuration,", StringComparison.OrdinalIgnoreCase);
    }

    private void AddBind(LdapOperation record)
    {
        LdapBind bind = State.Binds[new(new PairKey(record.Client, record.Server), record.Mechanism ?? string.Empty, record.Object)];
        bind.Frames.Add(record.Frame);
        if (record.IsSimplePassword)
        {
            bind.Passwords.Add(record.Frame);
        }

        switch (record.Result)
        {
            case { Code: LdapNames.Success } result:
                bind.Tries.AddAccepted(result.Time, result.Frame);
                break;
            case { Code: LdapNames.InvalidCredentials } result:
                bind.Tries.AddRefused(result.Time, result.Frame);
                bind.Messages.Add(result.Message);
                break;
        }
    }

    private void AddSearch(LdapOperation record, LdapSearch search)
    {
        State.Totals[(int)(record.IsDatagram ? LdapTotal.Pings : LdapTotal.Searches)]++;
        State.Totals[(int)LdapTotal.Entries] += search.Entries;
        State.Totals[(int)LdapTotal.EntryBytes] += search.EntryBytes;
        if (record.IsDatagram)
        {
            return;
        }

        var pair = new PairKey(record.Client, record.Server);
        LdapClient client = State.Clients[pair];
        client.Searches.Add(record.Frame);
        client.Entries.Add(search.Entries);
        client.Bytes.Add(search.EntryBytes);
        client.Filters.Add(search.Filter);
        client.Deep.Add(search.Scope == 2 ? 1 : 0);
        client.When.Add(record.Time, record.Frame);
        LdapFilterUse use = State.Filters[new(pair, search.Filter)];
        use.Frames.Add(record.Frame);
        use.Bases.Add(search.Base.Length == 0 ? "(root)" : search.Base);
        use.Entries.Add(search.Entries);
        use.When.Add(record.Time, record.Frame);
        foreach (string attribute in search.Attributes)
        {
            use.Attributes.Add(attribute);
            if (LdapMarks.IsPassword(attribute))
            {
                AddMark(State.Passwords[new(pair, attribute.ToLowerInvariant())], record, search);
            }
        }

        ulong marks = search.Marks;
        foreach (LdapMark mark in Enum.GetValues<LdapMark>())
        {
            if ((marks >> (int)mark & 1) != 0)
            {
                AddMark(State.Marks[new(pair, (long)mark)], record, search);
            }
        }
    }

    private static void AddMark(LdapMarkFacts facts, LdapOperation record, LdapSearch search)
    {
        facts.Frames.Add(record.Frame);
        facts.Filters.Add(search.Filter);
        facts.Entries.Add(search.Entries);
        facts.When.Add(record.Time, record.Frame);
    }

    private void AddChange(LdapOperation record)
    {
        var pair = new PairKey(record.Client, record.Server);
        bool succeeded = record.Result is { Code: LdapNames.Success };
        bool isWhole = record.Attributes.Count == 0 || record.Kind is LdapOperationKind.ModifyDn;
        foreach (string attribute in isWhole ? [string.Empty] : record.Attributes)
        {
            LdapChange change = State.Changes[new(pair, (long)record.Kind, attribute.ToLowerInvariant())];
            change.Frames.Add(record.Frame);
            change.Succeeded.Add(succeeded ? 1 : 0);
            change.Objects.Add(record.Object);
            change.When.Add(record.Time, record.Frame);
        }

        if (succeeded && record.Kind is LdapOperationKind.Add or LdapOperationKind.Delete && IsServerObject(record.Object))
        {
            LdapServerObject server = State.ServerObjects[new(pair, record.Object.ToLowerInvariant())];
            (record.Kind == LdapOperationKind.Add ? server.Added : server.Deleted).Add(record.Frame);
            server.When.Add(record.Time, record.Frame);
        }
    }
}
