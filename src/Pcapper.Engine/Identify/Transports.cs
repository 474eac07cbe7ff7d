namespace Pcapper.Engine;

/// <summary>Transports that a protocol runs on.</summary>
[Flags]
public enum Transports
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>TCP streams.</summary>
    Tcp = 1,

    /// <summary>UDP datagrams.</summary>
    Udp = 2,
}
