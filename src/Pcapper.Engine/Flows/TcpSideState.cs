namespace Pcapper.Engine;

/// <summary>What one side of a TCP flow has done, as Zeek's connection states need it.</summary>
internal enum TcpSideState : byte
{
    Inactive,
    SynSent,
    SynAckSent,
    Partial,
    Established,
    Closed,
    Reset,
}
