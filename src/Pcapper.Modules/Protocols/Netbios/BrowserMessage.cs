using System.Globalization;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Netbios;

/// <summary>A message of the browser service, the list of hosts in Windows' network neighborhood (MS-BRWS).</summary>
/// <param name="Command">What it does.</param>
/// <param name="Name">The host or, of a domain announcement, the domain; raw, may be empty.</param>
/// <param name="Major">The major version of the sender's Windows.</param>
/// <param name="Minor">The minor version.</param>
/// <param name="ServerType">What the host offers (MS-BRWS 2.2.6, SV_TYPE flags).</param>
/// <param name="Comment">The comment or, of a domain announcement, the master browser; raw.</param>
public readonly record struct BrowserMessage(BrowserCommand Command, string Name, int Major, int Minor, uint ServerType, string Comment)
{
    private const int NameField = 16;

    private static readonly (uint Flag, string Role)[] s_roles =
    [
        (0x4, "SQL server"), (0x8, "domain controller"), (0x10, "backup controller"), (0x200, "print server"), (0x400, "dial-in server"), (0x800, "Unix"),
        (0x8000, "Windows server"), (0x40000, "master browser"), (0x80000, "domain master browser"), (0x2000000, "terminal server"),
    ];

    /// <summary>Gets a value indicating whether it says what a host is.</summary>
    public bool IsAnnouncement => Command is BrowserCommand.HostAnnouncement or BrowserCommand.LocalMasterAnnouncement;

    /// <summary>Gets the roles that its flags say, in words.</summary>
    public IReadOnlyList<string> Roles
    {
        get
        {
            uint type = ServerType;
            return [.. s_roles.Where(r => (type & r.Flag) != 0).Select(r => r.Role)];
        }
    }

    /// <summary>Gets the version as <c>10.0</c>.</summary>
    public string Version => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}");

    /// <summary>Reads a message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BrowserMessage message)
    {
        var reader = new WireReader(bytes);
        var command = (BrowserCommand)reader.U8();
        message = default;
        switch (command)
        {
            case BrowserCommand.HostAnnouncement or BrowserCommand.LocalMasterAnnouncement or BrowserCommand.DomainAnnouncement:
                reader.U8();
                reader.U32Little();
                string name = Field(reader.Take(NameField));
                int major = reader.U8();
                int minor = reader.U8();
                uint type = reader.U32Little();
                reader.U32Little();
                if (reader.Overrun)
                {
                    return false;
                }

                message = new BrowserMessage(command, name, major, minor, type, Field(reader.Rest));
                return true;
            case BrowserCommand.AnnouncementRequest:
                reader.U8();
                break;
            case BrowserCommand.RequestElection:
                // Version, criteria, uptime, four unused bytes.
                reader.Skip(13);
                break;
            case BrowserCommand.MasterAnnouncement:
                break;
            case BrowserCommand.GetBackupListRequest or BrowserCommand.GetBackupListResponse or BrowserCommand.BecomeBackup or BrowserCommand.ResetState:
                message = new BrowserMessage(command, "", 0, 0, 0, "");
                return !reader.Overrun;
            default:
                return false;
        }

        if (reader.Overrun)
        {
            return false;
        }

        message = new BrowserMessage(command, Field(reader.Rest), 0, 0, 0, "");
        return true;
    }

    private static string Field(ReadOnlySpan<byte> bytes) => WireText.Decode(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes);
}
