using System.Globalization;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>Functions with what they are about: their numbers, names, and what they do.</summary>
internal static class Dnp3Calls
{
    /// <summary>Nothing that makes a difference.</summary>
    public const int Plain = 0;

    /// <summary>The clock, which the outstation asked for.</summary>
    public const int TimeAsked = 1;

    /// <summary>The clock, which it did not ask for.</summary>
    public const int TimeUnasked = 2;

    /// <summary>Internal indications.</summary>
    public const int Indications = 3;

    /// <summary>Contents of a file.</summary>
    public const int FileData = 4;

    /// <summary>Parameters: dead-bands and strings.</summary>
    public const int Parameters = 5;

    /// <summary>Attributes of the device.</summary>
    public const int Attributes = 6;

    /// <summary>A file to read.</summary>
    public const int FileRead = 7;

    private const int KindBits = 8;
    private const int LinkBit = 0x1_0000;

    /// <summary>Gets the number of an application function about something.</summary>
    public static long Of(int function, int about = Plain) => ((long)function << KindBits) | (uint)about;

    /// <summary>Gets the number of a function of the link layer.</summary>
    public static long OfLink(int function) => (LinkBit | (long)function) << KindBits;

    /// <summary>Gets the function; those of the link layer are above 65,535.</summary>
    public static int Function(long call) => (int)(call >> KindBits);

    /// <summary>Tells whether it is of the link layer.</summary>
    public static bool IsLink(long call) => Function(call) >= LinkBit;

    /// <summary>Gets the function of the link layer.</summary>
    public static int LinkFunction(long call) => Function(call) & ~LinkBit;

    /// <summary>Tells whether a request of this function is never answered.</summary>
    public static bool IsWithoutAnswer(int function) => function is 0 or 6 or 8 or 10 or 12 or 33;

    /// <summary>Tells what it does (IEEE 1815, 4.4).</summary>
    public static IcsAction Action(long call)
    {
        int about = (int)(call & ((1 << KindBits) - 1));
        return IsLink(call) ? IcsAction.Diagnose : Function(call) switch
        {
            1 => about switch
            {
                FileData => IcsAction.ReadFile,
                Attributes => IcsAction.Identify,
                _ => IcsAction.Read,
            },
            2 => about switch
            {
                TimeUnasked => IcsAction.SetTime,
                TimeAsked or Indications => IcsAction.Other,
                FileData => IcsAction.WriteFile,
                Parameters => IcsAction.Configure,
                _ => IcsAction.Write,
            },
            4 or 5 or 6 => IcsAction.Write,
            9 or 10 => IcsAction.ClearCounters,
            13 or 14 => IcsAction.Restart,
            15 or 16 or 19 or 31 => IcsAction.Configure,
            17 => IcsAction.Start,
            18 => IcsAction.Stop,
            20 => IcsAction.EnableReports,
            21 => IcsAction.DisableReports,
            25 => about == FileRead ? IcsAction.ReadFile : IcsAction.WriteFile,
            27 => IcsAction.WriteFile,
            28 => IcsAction.ReadFile,
            _ => IcsAction.Other,
        };
    }

    /// <summary>Names it for people.</summary>
    public static string Name(long call)
    {
        if (IsLink(call))
        {
            return LinkFunction(call) switch
            {
                0 => "link: reset",
                1 => "link: reset user process",
                2 => "link: test",
                9 => "link: request status",
                var other => string.Create(CultureInfo.InvariantCulture, $"link: function {other}"),
            };
        }

        int about = (int)(call & ((1 << KindBits) - 1));
        string name = LogName(Function(call)).Replace('_', ' ').ToLowerInvariant();
        return about switch
        {
            TimeAsked => $"{name} time",
            TimeUnasked => $"{name} time unasked",
            Indications => $"{name} indications",
            FileData => $"{name} file",
            Parameters => $"{name} parameters",
            Attributes => $"{name} attributes",
            _ => name,
        };
    }

    /// <summary>Names an application function as Zeek does.</summary>
    public static string LogName(int function) => function switch
    {
        0 => "CONFIRM",
        1 => "READ",
        2 => "WRITE",
        3 => "SELECT",
        4 => "OPERATE",
        5 => "DIRECT_OPERATE",
        6 => "DIRECT_OPERATE_NR",
        7 => "IMMED_FREEZE",
        8 => "IMMED_FREEZE_NR",
        9 => "FREEZE_CLEAR",
        10 => "FREEZE_CLEAR_NR",
        11 => "FREEZE_AT_TIME",
        12 => "FREEZE_AT_TIME_NR",
        13 => "COLD_RESTART",
        14 => "WARM_RESTART",
        15 => "INITIALIZE_DATA",
        16 => "INITIALIZE_APPL",
        17 => "START_APPL",
        18 => "STOP_APPL",
        19 => "SAVE_CONFIG",
        20 => "ENABLE_UNSOLICITED",
        21 => "DISABLE_UNSOLICITED",
        22 => "ASSIGN_CLASS",
        23 => "DELAY_MEASURE",
        24 => "RECORD_CURRENT_TIME",
        25 => "OPEN_FILE",
        26 => "CLOSE_FILE",
        27 => "DELETE_FILE",
        28 => "GET_FILE_INFO",
        29 => "AUTHENTICATE_FILE",
        30 => "ABORT_FILE",
        31 => "ACTIVATE_CONFIG",
        32 => "AUTHENTICATE_REQ",
        33 => "AUTHENTICATE_ERR",
        129 => "RESPONSE",
        130 => "UNSOLICITED_RESPONSE",
        131 => "AUTHENTICATE_RESP",
        _ => string.Create(CultureInfo.InvariantCulture, $"unknown-{function}"),
    };
}
