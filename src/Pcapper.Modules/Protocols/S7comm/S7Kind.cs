namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>The kinds of S7comm messages ("ROSCTR").</summary>
public enum S7Kind : byte
{
    /// <summary>None: the connection of the transport below is asked for or answered.</summary>
    Connection = 0,

    /// <summary>Asks for something.</summary>
    Job = 1,

    /// <summary>Answers without data.</summary>
    Acknowledgment = 2,

    /// <summary>Answers with data.</summary>
    AcknowledgmentData = 3,

    /// <summary>Asks, answers or reports what later versions added.</summary>
    UserData = 7,
}
