using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>Where a data connection goes.</summary>
/// <param name="IsPassive">Whether the server waits for it (PASV, EPSV), not the client (PORT, EPRT).</param>
/// <param name="Opener">Who opens it.</param>
/// <param name="Address">To which host, as told.</param>
/// <param name="Port">To which port.</param>
public sealed record FtpChannel(bool IsPassive, IpAddress Opener, IpAddress Address, ushort Port);
