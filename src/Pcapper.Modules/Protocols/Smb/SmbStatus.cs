using System.Globalization;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>NTSTATUS values (MS-ERREF, 2.3).</summary>
public static class SmbStatus
{
    internal const uint Pending = 0x00000103;
    internal const uint Reparse = 0x00000104;
    internal const uint BufferOverflow = 0x80000005;
    internal const uint MoreProcessingRequired = 0xC0000016;
    internal const uint AccessDenied = 0xC0000022;
    internal const uint InsufficientServerResources = 0xC0000205;

    /// <summary>Tells whether a status means success.</summary>
    public static bool IsSuccess(uint status) => status is 0 or Reparse;

    /// <summary>Tells whether a status refuses a login because of its account or password.</summary>
    public static bool IsLoginFailure(uint status) => status is 0xC000006D or 0xC000006A or 0xC0000064 or 0xC000006E or 0xC000006F or 0xC0000070
        or 0xC0000071 or 0xC0000072 or 0xC0000193 or 0xC0000224 or 0xC0000234;

    /// <summary>Names a status.</summary>
    public static string Name(uint status) => status switch
    {
        0 => "STATUS_SUCCESS",
        Pending => "STATUS_PENDING",
        Reparse => "STATUS_REPARSE",
        BufferOverflow => "STATUS_BUFFER_OVERFLOW",
        0x80000006 => "STATUS_NO_MORE_FILES",
        0x8000002D => "STATUS_STOPPED_ON_SYMLINK",
        0xC0000002 => "STATUS_NOT_IMPLEMENTED",
        0xC0000003 => "STATUS_INVALID_INFO_CLASS",
        0xC0000008 => "STATUS_INVALID_HANDLE",
        0xC000000D => "STATUS_INVALID_PARAMETER",
        0xC000000F => "STATUS_NO_SUCH_FILE",
        0xC0000010 => "STATUS_INVALID_DEVICE_REQUEST",
        0xC0000011 => "STATUS_END_OF_FILE",
        MoreProcessingRequired => "STATUS_MORE_PROCESSING_REQUIRED",
        AccessDenied => "STATUS_ACCESS_DENIED",
        0xC0000033 => "STATUS_OBJECT_NAME_INVALID",
        0xC0000034 => "STATUS_OBJECT_NAME_NOT_FOUND",
        0xC0000035 => "STATUS_OBJECT_NAME_COLLISION",
        0xC000003A => "STATUS_OBJECT_PATH_NOT_FOUND",
        0xC0000043 => "STATUS_SHARING_VIOLATION",
        0xC0000056 => "STATUS_DELETE_PENDING",
        0xC0000061 => "STATUS_PRIVILEGE_NOT_HELD",
        0xC0000064 => "STATUS_NO_SUCH_USER",
        0xC000006A => "STATUS_WRONG_PASSWORD",
        0xC000006D => "STATUS_LOGON_FAILURE",
        0xC000006E => "STATUS_ACCOUNT_RESTRICTION",
        0xC000006F => "STATUS_INVALID_LOGON_HOURS",
        0xC0000070 => "STATUS_INVALID_WORKSTATION",
        0xC0000071 => "STATUS_PASSWORD_EXPIRED",
        0xC0000072 => "STATUS_ACCOUNT_DISABLED",
        0xC00000AC => "STATUS_PIPE_NOT_AVAILABLE",
        0xC00000BA => "STATUS_FILE_IS_A_DIRECTORY",
        0xC00000BB => "STATUS_NOT_SUPPORTED",
        0xC00000C9 => "STATUS_NETWORK_NAME_DELETED",
        0xC00000CC => "STATUS_BAD_NETWORK_NAME",
        0xC0000101 => "STATUS_DIRECTORY_NOT_EMPTY",
        0xC0000103 => "STATUS_NOT_A_DIRECTORY",
        0xC0000120 => "STATUS_CANCELLED",
        0xC0000128 => "STATUS_FILE_CLOSED",
        0xC000014B => "STATUS_PIPE_BROKEN",
        0xC000015B => "STATUS_LOGON_TYPE_NOT_GRANTED",
        0xC000018D => "STATUS_TRUSTED_RELATIONSHIP_FAILURE",
        0xC0000193 => "STATUS_ACCOUNT_EXPIRED",
        0xC0000203 => "STATUS_USER_SESSION_DELETED",
        InsufficientServerResources => "STATUS_INSUFF_SERVER_RESOURCES",
        0xC0000224 => "STATUS_PASSWORD_MUST_CHANGE",
        0xC0000225 => "STATUS_NOT_FOUND",
        0xC0000234 => "STATUS_ACCOUNT_LOCKED_OUT",
        0xC0000257 => "STATUS_PATH_NOT_COVERED",
        0xC000035C => "STATUS_NETWORK_SESSION_EXPIRED",
        _ => "0x" + status.ToString("x8", CultureInfo.InvariantCulture),
    };
}
