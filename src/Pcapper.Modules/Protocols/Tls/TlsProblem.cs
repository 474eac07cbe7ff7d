namespace Pcapper.Modules.Protocols.Tls;

/// <summary>What is noted of a server's connections because it may become a finding.</summary>
internal enum TlsProblem
{
    ObsoleteVersion,
    WeakCipher,
    SmallPrime,
    NameIsAddress,
    NoServerName,
    OddPort,
    OtherProtocol,
    HeartbeatAttack,
    HeartbeatLeak,
    HeartbeatLarge,
}
