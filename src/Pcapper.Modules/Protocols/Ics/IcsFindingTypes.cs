using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ics;

/// <summary>The findings that all industrial protocols share, as one module raises them. Techniques are those of ATT&amp;CK for ICS.</summary>
internal sealed class IcsFindingTypes
{
    /// <summary>Initializes a new instance of the <see cref="IcsFindingTypes"/> class.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="title">The protocol as people write it.</param>
    /// <param name="without">What the protocol cannot do.</param>
    public IcsFindingTypes(string module, string title, params ReadOnlySpan<IcsAction> without)
    {
        NewMaster = new($"{module}.new-master", $"New {title} master", Severity.High, "T0848", "T0855")
        {
            Unless = "a second operator station, a historian or an engineer's computer was started; compare with the list of those that may",
            IsAgainst = true,
            Thresholds = [Learning, LearningReaders, LearntRequests],
        };
        FirstCommand = new($"{module}.first-command", $"{title} client that only read begins to write", Severity.Medium, "T0855", "T0836", "T0831")
        {
            Unless = "an operator used a station that mostly shows values",
            IsAgainst = true,
            Thresholds = [Learning, LearntRequests],
        };
        BruteForce = new($"{module}.brute-force-io", $"{title} outputs changed again and again", Severity.High, "T0806", "T0831")
        {
            Unless = "a controller that polls nothing writes a heartbeat, or the output is meant to blink",
            IsAgainst = true,
        };
        Sweep = new($"{module}.write-sweep", $"{title} points written one after another", Severity.Medium, "T0806", "T0836")
        {
            Unless = "a recipe or a configuration was sent point by point",
            IsAgainst = true,
            Thresholds = [SweptPoints],
        };
        Survey = new($"{module}.survey", $"{title} devices surveyed", Severity.Medium, "T0846", "T0888")
        {
            Unless = "an inventory or a configuration tool was run on purpose",
            IsAgainst = true,
            Thresholds = [SurveyedStations, SurveyedServers, SurveyRequests, TriedFunctions],
        };
        PointSearch = new($"{module}.point-search", $"{title} points searched", Severity.Medium, "T0861")
        {
            Unless = "a client is configured for another device, or a tool finds out what the device has",
            IsAgainst = true,
            Thresholds = [RefusedPlaces, RefusedPercent],
        };
        Restart = new($"{module}.restart", $"{title} device restarted", Severity.High, "T0816", "T0814")
        {
            Unless = "maintenance is under way",
            IsAgainst = true,
        };
        Stop = new($"{module}.stop", $"{title} controller stopped", Severity.High, "T0858", "T0881")
        {
            Unless = "maintenance is under way",
            IsAgainst = true,
        };
        Start = new($"{module}.start", $"{title} controller started", Severity.Medium, "T0858")
        {
            Unless = "maintenance is under way",
            IsAgainst = true,
        };
        ListenOnly = new($"{module}.listen-only", $"{title} device made to listen only", Severity.High, "T0814", "T0804")
        {
            Unless = "a serial line is being tested",
            IsAgainst = true,
        };
        Cleared = new($"{module}.counters-cleared", $"{title} counters cleared", Severity.Low, "T0872")
        {
            Unless = "a technician looks for the cause of transmission errors",
        };
        ProgramWritten = new($"{module}.program-written", $"Program sent to a controller by {title}", Severity.High, "T0843", "T0821")
        {
            Unless = "an engineer updates the program",
            IsAgainst = true,
        };
        ProgramRead = new($"{module}.program-read", $"Program fetched from a controller by {title}", Severity.Medium, "T0845")
        {
            Unless = "an engineer's tool compares or backs up the program",
            IsAgainst = true,
        };
        FileWritten = new($"{module}.file-written", $"Files of a device changed by {title}", Severity.Medium, "T0843", "T0867")
        {
            Unless = "an engineer updates settings or firmware",
            IsAgainst = true,
        };
        FileRead = new($"{module}.file-read", $"Files of a device read by {title}", Severity.Low, "T0893", "T0845")
        {
            Unless = "records of events or disturbances are collected by this protocol",
        };
        Configured = new($"{module}.configuration-changed", $"Configuration of a device changed by {title}", Severity.Medium, "T0836", "T0858")
        {
            Unless = "an engineer updates settings",
            IsAgainst = true,
        };
        Silenced = new($"{module}.reports-disabled", $"{title} reports by devices themselves disabled", Severity.Medium, "T0804", "T0878")
        {
            Unless = "the master is meant to poll only",
            IsAgainst = true,
            Thresholds = [Learning],
        };
        TimeSet = new($"{module}.time-set", $"{title} clock set unasked", Severity.Low, "T0856")
        {
            Unless = "the master sets clocks on a schedule rather than when asked",
        };
        Broadcast = new($"{module}.broadcast-command", $"{title} command to all devices", Severity.High, "T0855", "T0831")
        {
            Unless = "the master commands several devices at once by design",
            IsAgainst = true,
        };
        Flood = new($"{module}.request-flood", $"{title} requests faster than they are answered", Severity.Medium, "T0814")
        {
            Unless = "the device is down or was restarted while its master went on",
            IsAgainst = true,
            Thresholds = [FloodInFlight],
        };
        Failing = new($"{module}.device-failing", $"{title} device fails or is busy", Severity.Low, "T0814")
        {
            Unless = "the device is defective, or asked more often than it can answer",
            IsAgainst = true,
            Thresholds = [Failures],
        };
        Jump = new($"{module}.value-jump", $"{title} value leaves its range at once", Severity.Low, "T0832", "T0856")
        {
            Unless = "a machine was switched on or off, a sensor was replaced or failed",
        };
        Frozen = new($"{module}.values-frozen", $"{title} values that always changed stand still", Severity.Low, "T0832", "T0856")
        {
            Unless = "the process was stopped",
        };
        Replayed = new($"{module}.values-replayed", $"{title} values repeat earlier ones in the same order", Severity.Medium, "T0856", "T0832")
        {
            Unless = "the process is a simulation, or repeats its movements exactly",
        };
        WrongChecksums = new($"{module}.wrong-checksums", $"{title} messages with wrong checksums", Severity.Low, "T0814")
        {
            Unless = "a serial line behind a gateway is disturbed, and the gateway hands on what it hears",
            Thresholds = [FaultyMessages],
        };
        Malformed = new($"{module}.malformed", $"{title} messages that break the protocol's rules", Severity.Medium, "T0814", "T0866")
        {
            Unless = "a device or a tester of its maker follows the rules in its own way",
            IsAgainst = true,
            Thresholds = [FaultyMessages],
        };
        Public = new($"{module}.public-address", $"{title} across the internet", Severity.High, "T0883")
        {
            Unless = "the plant uses public addresses inside, and both are its own",
            IsAgainst = true,
        };
        Pivot = new($"{module}.command-after-remote-access", $"{title} commands from a host after remote access to it", Severity.Medium, "T0859", "T0886", "T0855")
        {
            Unless = "an operator or engineer works remotely, as agreed",
            IsAgainst = true,
        };
        FindingType[] all =
        [
            NewMaster, FirstCommand, BruteForce, Sweep, Survey, PointSearch, Restart, Stop, Start, ListenOnly, Cleared, ProgramWritten, ProgramRead, FileWritten,
            FileRead, Configured, Silenced, TimeSet, Broadcast, Flood, Failing, Jump, Frozen, Replayed, WrongChecksums, Malformed, Public, Pivot,
        ];
        FindingType?[] absent = new FindingType?[without.Length];
        for (int i = 0; i < absent.Length; i++)
        {
            absent[i] = Of(without[i]);
        }

        All = [.. all.Where(t => !absent.Contains(t))];
    }

    /// <summary>Gets how many seconds that a server's masters must have been known before a command of another, or a first command, is new.</summary>
    public Threshold Learning { get; } = new("learning-seconds", 60, "seconds that a server's masters must have been known before a command of another, or a first command, is new");

    /// <summary>Gets how many seconds that they must have been known before one that only reads is new.</summary>
    public Threshold LearningReaders { get; } = new("learning-seconds-readers", 600, "seconds that they must have been known before one that only reads is new");

    /// <summary>Gets how many requests that must have been seen in that time.</summary>
    public Threshold LearntRequests { get; } = new("learnt-requests", 20, "requests that must have been seen in that time");

    /// <summary>Gets how many addresses written once or twice.</summary>
    public Threshold SweptPoints { get; } = new("points", 50, "addresses written once or twice, at least");

    /// <summary>Gets how many stations asked in vain, or what they are.</summary>
    public Threshold SurveyedStations { get; } = new("stations", 10, "stations asked in vain, or what they are, at least");

    /// <summary>Gets how many servers asked what they are.</summary>
    public Threshold SurveyedServers { get; } = new("servers", 5, "servers asked what they are, at least");

    /// <summary>Gets how many requests that a survey sends to each station.</summary>
    public Threshold SurveyRequests { get; } = new("requests", 3, "requests that a survey sends to each station, at most");

    /// <summary>Gets how many functions tried on one server.</summary>
    public Threshold TriedFunctions { get; } = new("functions", 10, "functions tried on one server, at least");

    /// <summary>Gets how many addresses refused.</summary>
    public Threshold RefusedPlaces { get; } = new("addresses", 10, "addresses refused, at least");

    /// <summary>Gets how many of a hundred requests those refused.</summary>
    public Threshold RefusedPercent { get; } = new("refused-percent", 20, "of a hundred requests those refused, at least");

    /// <summary>Gets how many requests of a flow that wait for an answer at a time.</summary>
    public Threshold FloodInFlight { get; } = new("in-flight", 32, "requests of a flow that wait for an answer at a time, at least");

    /// <summary>Gets how many answers that say failed or busy.</summary>
    public Threshold Failures { get; } = new("failures", 20, "answers that say failed or busy, at least");

    /// <summary>Gets how many messages.</summary>
    public Threshold FaultyMessages { get; } = new("messages", 3, "messages, at least");

    /// <summary>Gets all of them.</summary>
    public IReadOnlyList<FindingType> All { get; }

    /// <summary>Gets: who was not there before commands.</summary>
    public FindingType NewMaster { get; }

    /// <summary>Gets: who only read commands.</summary>
    public FindingType FirstCommand { get; }

    /// <summary>Gets: one point is changed again and again.</summary>
    public FindingType BruteForce { get; }

    /// <summary>Gets: many points are written, one after another.</summary>
    public FindingType Sweep { get; }

    /// <summary>Gets: devices or functions are found out.</summary>
    public FindingType Survey { get; }

    /// <summary>Gets: points are found out.</summary>
    public FindingType PointSearch { get; }

    /// <summary>Gets: a device is restarted.</summary>
    public FindingType Restart { get; }

    /// <summary>Gets: a program is stopped.</summary>
    public FindingType Stop { get; }

    /// <summary>Gets: a program is started.</summary>
    public FindingType Start { get; }

    /// <summary>Gets: a device is silenced.</summary>
    public FindingType ListenOnly { get; }

    /// <summary>Gets: counters are cleared.</summary>
    public FindingType Cleared { get; }

    /// <summary>Gets: a program is brought.</summary>
    public FindingType ProgramWritten { get; }

    /// <summary>Gets: a program is fetched.</summary>
    public FindingType ProgramRead { get; }

    /// <summary>Gets: files are changed.</summary>
    public FindingType FileWritten { get; }

    /// <summary>Gets: files are read.</summary>
    public FindingType FileRead { get; }

    /// <summary>Gets: the configuration is changed.</summary>
    public FindingType Configured { get; }

    /// <summary>Gets: devices may not report any more.</summary>
    public FindingType Silenced { get; }

    /// <summary>Gets: a clock is set.</summary>
    public FindingType TimeSet { get; }

    /// <summary>Gets: all devices are commanded at once.</summary>
    public FindingType Broadcast { get; }

    /// <summary>Gets: too many requests.</summary>
    public FindingType Flood { get; }

    /// <summary>Gets: a device fails again and again.</summary>
    public FindingType Failing { get; }

    /// <summary>Gets: a value jumps.</summary>
    public FindingType Jump { get; }

    /// <summary>Gets: values stand still.</summary>
    public FindingType Frozen { get; }

    /// <summary>Gets: values are played again.</summary>
    public FindingType Replayed { get; }

    /// <summary>Gets: checksums are wrong.</summary>
    public FindingType WrongChecksums { get; }

    /// <summary>Gets: messages are malformed.</summary>
    public FindingType Malformed { get; }

    /// <summary>Gets: the internet is involved.</summary>
    public FindingType Public { get; }

    /// <summary>Gets: remote access comes before commands.</summary>
    public FindingType Pivot { get; }

    /// <summary>Gets the finding that an action is by itself, or null.</summary>
    public FindingType? Of(IcsAction action) => action switch
    {
        IcsAction.Restart => Restart,
        IcsAction.Stop => Stop,
        IcsAction.Start => Start,
        IcsAction.ListenOnly => ListenOnly,
        IcsAction.ClearCounters => Cleared,
        IcsAction.WriteProgram => ProgramWritten,
        IcsAction.ReadProgram => ProgramRead,
        IcsAction.WriteFile => FileWritten,
        IcsAction.ReadFile => FileRead,
        IcsAction.Configure => Configured,
        IcsAction.SetTime => TimeSet,
        IcsAction.DisableReports => Silenced,
        _ => null,
    };
}
