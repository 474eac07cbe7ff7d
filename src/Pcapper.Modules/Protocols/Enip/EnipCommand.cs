namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Commands of the encapsulation (CIP volume 2, table 2-3.2).</summary>
public enum EnipCommand : ushort
{
    /// <summary>Nothing.</summary>
    Nop = 0,

    /// <summary>Asks which services there are.</summary>
    ListServices = 0x04,

    /// <summary>Asks who is there.</summary>
    ListIdentity = 0x63,

    /// <summary>Asks which other interfaces there are.</summary>
    ListInterfaces = 0x64,

    /// <summary>Begins a session.</summary>
    RegisterSession = 0x65,

    /// <summary>Ends a session.</summary>
    UnregisterSession = 0x66,

    /// <summary>Carries a message that belongs to no connection.</summary>
    SendRRData = 0x6F,

    /// <summary>Carries a message of a connection.</summary>
    SendUnitData = 0x70,

    /// <summary>Says how it is.</summary>
    IndicateStatus = 0x72,

    /// <summary>Takes a request back.</summary>
    Cancel = 0x73,
}
