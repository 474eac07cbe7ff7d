using System.Globalization;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>Names of codes (IEEE 1815, 4.5 and annex A).</summary>
internal static class Dnp3Names
{
    /// <summary>How many internal indications there are.</summary>
    public const int Indications = 16;

    private static readonly string[] s_indications =
    [
        "broadcast received", "class 1 events", "class 2 events", "class 3 events", "needs time", "local control", "trouble", "restarted",
        "function not supported", "object unknown", "parameter error", "event buffer overflow", "already executing", "configuration corrupt", "reserved 2.6", "reserved 2.7",
    ];

    /// <summary>Names an internal indication by its bit, the first octet in the lower ones.</summary>
    public static string Indication(int bit) => s_indications[bit];

    /// <summary>Names what came of a control.</summary>
    public static string Status(int status) => status switch
    {
        0 => "Success",
        1 => "Timeout",
        2 => "No Select",
        3 => "Format Error",
        4 => "Not Supported",
        5 => "Already Active",
        6 => "Hardware Error",
        7 => "Local",
        8 => "Too Many Objs",
        9 => "Not Authorized",
        10 => "Automation Inhibit",
        11 => "Processing Limited",
        12 => "Out of Range",
        126 => "Non Participating",
        127 => "Undefined",
        _ => string.Create(CultureInfo.InvariantCulture, $"unknown-{status:x}"),
    };

    /// <summary>Names the trip and close code of a control, as ICSNPP does.</summary>
    public static string Trip(int code) => (code >> 6) switch
    {
        0 => "Nul",
        1 => "Close",
        2 => "Trip",
        var other => string.Create(CultureInfo.InvariantCulture, $"unknown-{other:x}"),
    };

    /// <summary>Names the operation of a control, as ICSNPP does.</summary>
    public static string Operation(int code) => (code & 0x0F) switch
    {
        0 => "Nul",
        1 => "Pulse On",
        2 => "Pulse Off",
        3 => "Latch On",
        4 => "Latch Off",
        var other => string.Create(CultureInfo.InvariantCulture, $"unknown-{other:x}"),
    };

    /// <summary>Names a control for people.</summary>
    public static string Control(int code)
    {
        string operation = Operation(code).ToLowerInvariant();
        return (code >> 6) == 0 ? operation : $"{operation}, {Trip(code).ToLowerInvariant()}";
    }

    /// <summary>Names the objects of a group and variation: <c>32-Bit Analog Input</c>.</summary>
    public static string Object(int group, int variation) => group switch
    {
        1 => Of("Binary Input", variation, "Single-bit Binary Input", "Binary Input With Status"),
        2 => Of("Binary Input Change", variation, "Binary Input Change Without Time", "Binary Input Change With Time", "Binary Input Change With Relative Time"),
        3 => Of("Double-bit Input", variation, "Double-bit Input No Flags", "Double-bit Input With Status"),
        4 => Of("Double-bit Input Change", variation, "Double-bit Input Change Without Time", "Double-bit Input Change With Time", "Double-bit Input Change With Relative Time"),
        10 => Of("Binary Output", variation, "Binary Output", "Binary Output Status"),
        11 => Of("Binary Output Change", variation, "Binary Output Change Without Time", "Binary Output Change With Time"),
        12 => Of("Binary Command", variation, "Control Relay Output Block", "Pattern Control Block", "Pattern Mask"),
        20 => Of("Binary Counter", variation, "32-Bit Binary Counter", "16-Bit Binary Counter", "32-Bit Delta Counter", "16-Bit Delta Counter", "32-Bit Binary Counter Without Flag", "16-Bit Binary Counter Without Flag", "32-Bit Delta Counter Without Flag", "16-Bit Delta Counter Without Flag"),
        21 => Frozen(variation),
        22 => Of("Counter Change Event", variation, Events("Counter Change Event", "Delta Counter Change Event")),
        23 => Of("Frozen Binary Counter Change Event", variation, "32-Bit Frozen Counter Change Event", "16-Bit Frozen Counter Change Event", "32-Bit Frozen Delta Counter Change Event", "16-Bit Frozen Delta Counter Change Event", "32-Bit Frozen Counter Change Event w/ Time of Freeze", "16-Bit Frozen Counter Change Event w/ Time of Freeze", "32-Bit Frozen Delta Counter Change Event w/ Time of Freeze", "16-Bit Frozen Delta Counter Change Event w/ Time of Freeze"),
        30 => Of("Analog Input", variation, "32-Bit Analog Input", "16-Bit Analog Input", "32-Bit Analog Input Without Flag", "16-Bit Analog Input Without Flag", "32-Bit Floating Point Input", "64-Bit Floating Point Input"),
        31 => Of("Frozen Analog Input", variation, "32-Bit Frozen Analog Input", "16-Bit Frozen Analog Input", "32-Bit Frozen Analog Input w/ Time of Freeze", "16-Bit Frozen Analog Input w/ Time of Freeze", "32-Bit Frozen Analog Input Without Flag", "16-Bit Frozen Analog Input Without Flag", "32-Bit Frozen Floating Point Input", "64-Bit Frozen Floating Point Input"),
        32 => Of("Analog Input Change", variation, Analog("Analog Change Event", "Floating Point Change Event")),
        33 => Of("Frozen Analog Event", variation, Analog("Frozen Analog Event", "Floating Point Frozen Change Event")),
        40 => Of("Analog Output", variation, "32-Bit Analog Output Status", "16-Bit Analog Output Status", "32-Bit Floating Point Output Status", "64-Bit Floating Point Output Status"),
        41 => Of("Analog Output Block", variation, "32-Bit Analog Output Block", "16-Bit Analog Output Block", "32-Bit Floating Point Output Block", "64-Bit Floating Point Output Block"),
        42 => Of("Analog Output Event", variation, Analog("Analog Output Event", "Floating Point Output Event")),
        50 => Of("Time and Date", variation, "Time and Date", "Time and Date w/ Interval", "Time and Date Last Recorded Time", "Time and Date Indexed w/ Interval"),
        60 when variation is >= 1 and <= 4 => string.Create(CultureInfo.InvariantCulture, $"Class {variation - 1} Data"),
        70 => "File",
        80 => "Internal Indications",
        110 => "Octet String",
        111 => "Octet String Event",
        120 => "Authentication",
        _ => string.Create(CultureInfo.InvariantCulture, $"Group {group} Variation {variation}"),
    };

    private static string Frozen(int variation) => Of(
        "Frozen Binary Counter", variation, "32-Bit Frozen Counter", "16-Bit Frozen Counter", "32-Bit Frozen Delta Counter", "16-Bit Frozen Delta Counter", "32-Bit Frozen Counter w/ Time of Freeze",
        "16-Bit Frozen Counter w/ Time of Freeze", "32-Bit Frozen Delta Counter w/ Time of Freeze", "16-Bit Frozen Delta Counter w/ Time of Freeze", "32-Bit Frozen Counter Without Flag",
        "16-Bit Frozen Counter Without Flag", "32-Bit Frozen Delta Counter Without Flag", "16-Bit Frozen Delta Counter Without Flag");

    private static string[] Events(string plain, string delta) =>
    [
        $"32-Bit {plain} w/o Time", $"16-Bit {plain} w/o Time", $"32-Bit {delta} w/o Time", $"16-Bit {delta} w/o Time",
        $"32-Bit {plain} with Time", $"16-Bit {plain} with Time", $"32-Bit {delta} with Time", $"16-Bit {delta} with Time",
    ];

    private static string[] Analog(string whole, string floating) =>
    [
        $"32-Bit {whole} w/o Time", $"16-Bit {whole} w/o Time", $"32-Bit {whole} w/ Time", $"16-Bit {whole} w/ Time",
        $"32-Bit {floating} w/o Time", $"64-Bit {floating} w/o Time", $"32-Bit {floating} w/ Time", $"64-Bit {floating} w/ Time",
    ];

    private static string Of(string group, int variation, params ReadOnlySpan<string> variations)
        => variation == 0 ? $"{group} Default Variation"
            : variation <= variations.Length ? variations[variation - 1]
            : string.Create(CultureInfo.InvariantCulture, $"{group} Variation {variation}");
}
