namespace Pcapper.Engine;

/// <summary>What a run is to do.</summary>
public sealed record RunOptions
{
    /// <summary>Gets the number of workers.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Gets the names of the modules to run, with everything that they need.</summary>
    public required IReadOnlySet<string> Modules { get; init; }

    /// <summary>Gets a value indicating whether all rows of tables will be wanted: if not, they hold what people see at first, which saves memory.</summary>
    public bool KeepsAllRows { get; init; } = true;

    /// <summary>Gets how many rows tables of protocols show, or null for what is usual.</summary>
    public int? ProtocolRows { get; init; }

    /// <summary>Gets the arguments that name the input, as the user wrote them, for commands to paste; empty if it cannot be read again.</summary>
    public IReadOnlyList<string> Input { get; init; } = [];

    /// <summary>Gets where record logs go, or null for none.</summary>
    public LogExport? Logs { get; init; }

    /// <summary>Gets what is asked of indicators.</summary>
    public IocOptions Ioc { get; init; } = IocOptions.Usual;

    /// <summary>Gets what the user changes about detections.</summary>
    public DetectionRules Rules { get; init; } = DetectionRules.None;

    /// <summary>Gets what knows where public addresses are and whose, or null if nothing does.</summary>
    public IAddressBook? Addresses { get; init; }

    /// <summary>Gets what asks services on the network, or null if nobody is to be asked.</summary>
    public IReputation? Reputation { get; init; }

    /// <summary>Gets which texts of streams are wanted.</summary>
    public StringsOptions Strings { get; init; } = StringsOptions.Usual;

    /// <summary>Gets the destinations whose regular traffic is expected, besides those that always are.</summary>
    public AllowList Allow { get; init; } = AllowList.None;

    /// <summary>Gets where file contents go, or null for nowhere.</summary>
    public IFileStore? Files { get; init; }

    /// <summary>Gets what tries rules on files and streams, or null for none.</summary>
    public IContentScanner? Scanner { get; init; }

    /// <summary>Gets a value indicating whether secrets are masked in everything that comes out (<see cref="Redaction"/>). The captures are then read twice.</summary>
    public bool Redacts { get; init; }

    /// <summary>Gets called now and then with the bytes read so far by the first worker.</summary>
    public Action<long, long>? Progress { get; init; }

    /// <summary>Gets what stops the run early, with a partial report.</summary>
    public CancellationToken Stop { get; init; }
}
