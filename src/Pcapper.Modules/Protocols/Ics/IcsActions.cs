namespace Pcapper.Modules.Protocols.Ics;

/// <summary>Sorts <see cref="IcsAction"/>.</summary>
internal static class IcsActions
{
    /// <summary>Tells whether it changes something in the plant or its devices.</summary>
    public static bool IsCommand(IcsAction action) => action is IcsAction.Write or IcsAction.WriteFile or IcsAction.WriteProgram or IcsAction.Start or IcsAction.Stop
        or IcsAction.Restart or IcsAction.ListenOnly or IcsAction.SetTime or IcsAction.Configure or IcsAction.DisableReports or IcsAction.ClearCounters;

    /// <summary>Names it, for people.</summary>
    public static string Name(IcsAction action) => action switch
    {
        IcsAction.Read => "read",
        IcsAction.Write => "write",
        IcsAction.Identify => "identify",
        IcsAction.Diagnose => "diagnose",
        IcsAction.ReadFile => "read file",
        IcsAction.WriteFile => "write file",
        IcsAction.ReadProgram => "read program",
        IcsAction.WriteProgram => "write program",
        IcsAction.Start => "start",
        IcsAction.Stop => "stop",
        IcsAction.Restart => "restart",
        IcsAction.ListenOnly => "listen only",
        IcsAction.ClearCounters => "clear counters",
        IcsAction.SetTime => "set time",
        IcsAction.Configure => "configure",
        IcsAction.EnableReports => "enable reports",
        IcsAction.DisableReports => "disable reports",
        _ => "other",
    };
}
