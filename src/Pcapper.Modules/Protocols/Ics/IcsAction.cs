namespace Pcapper.Modules.Protocols.Ics;

/// <summary>What a request of an industrial protocol does to the plant; findings speak of these, whatever the protocol.</summary>
public enum IcsAction
{
    /// <summary>Nothing that matters: keeping alive, acknowledging.</summary>
    Other,

    /// <summary>Reads values.</summary>
    Read,

    /// <summary>Sets outputs, parameters or other values.</summary>
    Write,

    /// <summary>Asks what a device is.</summary>
    Identify,

    /// <summary>Asks how a device or its link is.</summary>
    Diagnose,

    /// <summary>Reads a file or a file record.</summary>
    ReadFile,

    /// <summary>Writes, creates or removes a file or a file record.</summary>
    WriteFile,

    /// <summary>Copies the program out of the controller.</summary>
    ReadProgram,

    /// <summary>Copies a program into the controller.</summary>
    WriteProgram,

    /// <summary>Starts the program.</summary>
    Start,

    /// <summary>Stops the program.</summary>
    Stop,

    /// <summary>Restarts the device or its communication.</summary>
    Restart,

    /// <summary>Makes the device listen without answering.</summary>
    ListenOnly,

    /// <summary>Clears counters or logs.</summary>
    ClearCounters,

    /// <summary>Sets the clock.</summary>
    SetTime,

    /// <summary>Changes the configuration.</summary>
    Configure,

    /// <summary>Lets the device report by itself.</summary>
    EnableReports,

    /// <summary>Forbids the device to report by itself.</summary>
    DisableReports,
}
