using System.Globalization;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Functions of S7comm with their parts: their numbers, names, and what they do.</summary>
internal static class S7Calls
{
    /// <summary>The connection of the transport below.</summary>
    public const long Connect = (long)Family.Connection << FamilyShift;

    /// <summary>An answer of which nothing tells what it answers.</summary>
    public const long Unknown = (long)Family.Unknown << FamilyShift;

    /// <summary>Reads variables.</summary>
    public const byte Read = 0x04;

    /// <summary>Writes variables.</summary>
    public const byte Write = 0x05;

    /// <summary>Asks the controller to fetch a block.</summary>
    public const byte RequestDownload = 0x1A;

    /// <summary>Opens a block to fetch it.</summary>
    public const byte StartUpload = 0x1D;

    /// <summary>Calls a service of the controller.</summary>
    public const byte Control = 0x28;

    /// <summary>Stops the controller.</summary>
    public const byte Stop = 0x29;

    private const int FamilyShift = 24;
    private const int FunctionShift = 16;
    private const int Identity = 0x100;

    private static readonly string[] s_services = ["_INSE", "_DELE", "P_PROGRAM", "_MODU", "_GARB"];

    private enum Family
    {
        Job,
        UserData,
        FromController,
        Connection,
        Unknown,
    }

    /// <summary>Gets the number of a job.</summary>
    /// <param name="function">The function.</param>
    /// <param name="service">The service that it calls, or null.</param>
    public static long OfJob(byte function, string? service = null) => ((long)function << FunctionShift) | (uint)(Array.IndexOf(s_services, service) + 1);

    /// <summary>Gets the number of what a controller asks its client.</summary>
    public static long OfController(byte function) => ((long)Family.FromController << FamilyShift) | ((long)function << FunctionShift);

    /// <summary>Gets the number of a function of user data.</summary>
    /// <param name="group">The group.</param>
    /// <param name="subFunction">The sub-function.</param>
    /// <param name="list">The number of the system status list that is read, or null.</param>
    public static long OfUserData(int group, byte subFunction, int? list = null)
        => ((long)Family.UserData << FamilyShift) | ((long)(group & 0x0F) << FunctionShift) | (uint)(subFunction | (list is { } number && IsIdentity(number) ? Identity : 0));

    /// <summary>Gets the number of what a controller reports by itself.</summary>
    public static long OfReport(int group, byte subFunction) => ((long)Family.FromController << FamilyShift) | ((0xF0L | (uint)(group & 0x0F)) << FunctionShift) | subFunction;

    /// <summary>Tells whether a system status list says what the controller is (0x11 modules, 0x1C components).</summary>
    public static bool IsIdentity(int list) => (list & 0xFF) is 0x11 or 0x1C;

    /// <summary>Tells whether it is what the controller says unasked.</summary>
    public static bool IsReport(long call) => FamilyOf(call) == Family.FromController;

    /// <summary>Gets the code of a function that only one who tries functions uses, or 0.</summary>
    public static long Tried(long call) => FamilyOf(call) switch
    {
        Family.Job => JobName(Function(call), 0) is null ? call >> FunctionShift : 0,
        Family.UserData => Function(call) is <= 7 or 0x0F ? 0 : call >> FunctionShift,
        _ => 0,
    };

    /// <summary>Tells what it does.</summary>
    public static IcsAction Action(long call) => FamilyOf(call) switch
    {
        Family.Job => Function(call) switch
        {
            Read => IcsAction.Read,
            Write => IcsAction.Write,
            RequestDownload => IcsAction.WriteProgram,
            StartUpload => IcsAction.ReadProgram,
            Stop => IcsAction.Stop,
            Control => Sub(call) switch
            {
                1 or 2 => IcsAction.WriteProgram,
                3 => IcsAction.Start,
                4 or 5 => IcsAction.Configure,
                _ => IcsAction.Other,
            },
            _ => IcsAction.Other,
        },
        Family.UserData => (Function(call), Sub(call) & 0xFF) switch
        {
            (1, 0x0C) => IcsAction.Configure,
            (1, 0x10) => IcsAction.Write,
            (1 or 3, _) => IcsAction.Diagnose,
            (2, 1) => IcsAction.Read,
            (4, 1) => (Sub(call) & Identity) != 0 ? IcsAction.Identify : IcsAction.Diagnose,
            (7, 2 or 4) => IcsAction.SetTime,
            (7, _) => IcsAction.Diagnose,
            _ => IcsAction.Other,
        },
        _ => IcsAction.Other,
    };

    /// <summary>Names it for people.</summary>
    public static string Name(long call) => FamilyOf(call) switch
    {
        Family.Job => JobName(Function(call), Sub(call)) ?? string.Create(CultureInfo.InvariantCulture, $"function 0x{Function(call):x2}"),
        Family.UserData => UserDataName(Function(call), Sub(call)),
        Family.FromController => Function(call) >= 0xF0
            ? $"report: {GroupName(Function(call) & 0x0F)}"
            : JobName(Function(call), 0) ?? string.Create(CultureInfo.InvariantCulture, $"controller's function 0x{Function(call):x2}"),
        Family.Connection => "connect",
        _ => "unknown",
    };

    /// <summary>Gets the display filter of its requests.</summary>
    public static string Filter(long call) => FamilyOf(call) switch
    {
        Family.Job => string.Create(CultureInfo.InvariantCulture, $"(s7comm.header.rosctr == 1 && s7comm.param.func == 0x{Function(call):x2})"),
        Family.UserData => string.Create(CultureInfo.InvariantCulture, $"(s7comm.header.rosctr == 7 && s7comm.param.userdata.funcgroup == {Function(call)})"),
        Family.FromController => "s7comm",
        Family.Connection => "cotp.type == 0x0e",
        _ => "cotp",
    };

    /// <summary>Names a group of user data.</summary>
    public static string GroupName(int group) => group switch
    {
        0 => "mode transition",
        1 => "programmer",
        2 => "cyclic data",
        3 => "blocks",
        4 => "cpu",
        5 => "security",
        6 => "block exchange",
        7 => "time",
        0x0F => "numeric control",
        _ => string.Create(CultureInfo.InvariantCulture, $"group {group}"),
    };

    /// <summary>Names a function of jobs and their answers, or null.</summary>
    public static string? JobName(int function, int service) => function switch
    {
        0x00 => "cpu services",
        Read => "read variables",
        Write => "write variables",
        RequestDownload => "request download",
        0x1B => "download block",
        0x1C => "end download",
        StartUpload => "start upload",
        0x1E => "upload",
        0x1F => "end upload",
        Control => service switch
        {
            1 => "activate block",
            2 => "delete block",
            3 => "start controller",
            4 => "copy memory to card",
            5 => "compress memory",
            _ => "control service",
        },
        Stop => "stop controller",
        0xF0 => "set up communication",
        _ => null,
    };

    /// <summary>Names a sub-function of user data, or null.</summary>
    public static string? SubFunctionName(int group, int sub) => (group, sub) switch
    {
        (1, 0x01) => "request diagnostic data",
        (1, 0x02) => "variable table",
        (1, 0x0C) => "erase memory",
        (1, 0x0E) => "read diagnostic data",
        (1, 0x0F) => "remove diagnostic data",
        (1, 0x10) => "force variables",
        (1, 0x13) => "request diagnostic data (2)",
        (2, 0x01) => "subscribe to memory",
        (2, 0x04) => "unsubscribe from memory",
        (3, 0x01) => "list blocks",
        (3, 0x02) => "list blocks of a type",
        (3, 0x03) => "block information",
        (4, 0x01) => "read system status list",
        (4, 0x02) => "message service",
        (4, 0x03) => "diagnostic message",
        (5, 0x01) => "enter password",
        (5, 0x02) => "clear password",
        (7, 0x01) => "read clock",
        (7, 0x02) => "set clock",
        (7, 0x03) => "read clock (following)",
        (7, 0x04) => "set clock (following)",
        _ => null,
    };

    /// <summary>Tells whether it enters a password.</summary>
    public static bool IsPassword(long call) => FamilyOf(call) == Family.UserData && Function(call) == 5 && Sub(call) == 1;

    private static Family FamilyOf(long call) => (Family)(call >> FamilyShift);

    private static int Function(long call) => (int)(call >> FunctionShift) & 0xFF;

    private static int Sub(long call) => (int)call & 0xFFFF;

    private static string UserDataName(int group, int sub)
        => (sub & Identity) != 0 ? "read system status list (identity)"
            : SubFunctionName(group, sub) ?? string.Create(CultureInfo.InvariantCulture, $"{GroupName(group)} {sub}");
}
