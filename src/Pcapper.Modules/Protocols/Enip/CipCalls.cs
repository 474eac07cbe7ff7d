using System.Globalization;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>Services of classes, and commands of the encapsulation: their numbers, names, and what they do.</summary>
internal static class CipCalls
{
    /// <summary>Several services in one message.</summary>
    public const byte Multiple = 0x0A;

    /// <summary>Reads one attribute.</summary>
    public const byte GetAttribute = 0x0E;

    /// <summary>Sets one attribute.</summary>
    public const byte SetAttribute = 0x10;

    /// <summary>Reads a tag.</summary>
    public const byte ReadTag = 0x4C;

    /// <summary>Writes a tag.</summary>
    public const byte WriteTag = 0x4D;

    /// <summary>Reads a tag in parts; of the connection manager: sends on what it carries.</summary>
    public const byte ReadTagPart = 0x52;

    /// <summary>Writes a tag in parts.</summary>
    public const byte WriteTagPart = 0x53;

    /// <summary>The class of the identity object.</summary>
    public const uint Identity = 1;

    /// <summary>The class of the message router.</summary>
    public const uint Router = 2;

    /// <summary>The class of the connection manager.</summary>
    public const uint ConnectionManager = 6;

    /// <summary>The class that carries commands of older controllers.</summary>
    public const uint Pccc = 0x67;

    private const int ClassShift = 8;
    private const int PcccShift = 40;
    private const long NoClass = 0x10000;
    private const long Encapsulation = 0x20000;
    private const long ClassMask = 0xFFFFFF;

    /// <summary>Gets the number of a service.</summary>
    /// <param name="number">The class, or null: tags have none.</param>
    /// <param name="service">The service.</param>
    /// <param name="pccc">Command and function of what is carried for older controllers, or 0.</param>
    public static long Of(uint? number, byte service, int pccc = 0)
        => ((long)pccc << PcccShift) | ((number is <= 0xFFFF and { } known ? known : NoClass) << ClassShift) | service;

    /// <summary>Gets the number of a command of the encapsulation.</summary>
    public static long Of(EnipCommand command) => (Encapsulation << ClassShift) | ((long)command & 0xFF);

    /// <summary>Tells whether it is a command of the encapsulation.</summary>
    public static bool IsCommand(long call) => ClassOf(call) == Encapsulation;

    /// <summary>Gets the service, or the command.</summary>
    public static int Service(long call) => (int)call & 0xFF;

    /// <summary>Gets the class, or null.</summary>
    public static uint? Class(long call) => ClassOf(call) is < NoClass and var number ? (uint)number : null;

    /// <summary>Gets the code of a service that only one who tries services uses, or 0.</summary>
    public static long Tried(long call) => IsCommand(call) || CipNames.Service(Class(call), Service(call)) is not null || Service(call) >= 0x32 ? 0 : Service(call);

    /// <summary>Tells what it does.</summary>
    public static IcsAction Action(long call)
    {
        int service = Service(call);
        if (IsCommand(call))
        {
            return (EnipCommand)service == EnipCommand.ListIdentity ? IcsAction.Identify : (EnipCommand)service is EnipCommand.ListServices or EnipCommand.ListInterfaces ? IcsAction.Diagnose : IcsAction.Other;
        }

        return (Class(call), service) switch
        {
            (0x37, 0x4B or 0x4D or 0x4F) => IcsAction.ReadFile,
            (0x37, 0x4C or 0x4E or 0x50 or 0x51) => IcsAction.WriteFile,
            (Pccc, 0x4B) => PcccAction(PcccOf(call)),
            (null or 0x6B, ReadTag or ReadTagPart) => IcsAction.Read,
            (null or 0x6B, WriteTag or WriteTagPart or 0x4E) => IcsAction.Write,
            (Identity, 0x01 or 0x03 or GetAttribute) => IcsAction.Identify,
            (Identity, 0x05) => IcsAction.Restart,
            (ConnectionManager or Router, _) => IcsAction.Other,
            (0x8B or 0x43, 0x02 or 0x04 or SetAttribute) => IcsAction.SetTime,
            (0xF4 or 0xF5 or 0xF6, 0x02 or 0x04 or SetAttribute) => IcsAction.Configure,
            (_, 0x01 or 0x03 or GetAttribute or 0x18) => IcsAction.Read,
            (_, 0x02 or 0x04 or SetAttribute or 0x19) => IcsAction.Write,
            (_, 0x06) => IcsAction.Start,
            (_, 0x07) => IcsAction.Stop,
            (_, 0x05 or 0x15 or 0x16) => IcsAction.Configure,
            _ => IcsAction.Other,
        };
    }

    /// <summary>Names it for people.</summary>
    public static string Name(long call)
    {
        int service = Service(call);
        if (IsCommand(call))
        {
            return CipNames.Command((EnipCommand)service);
        }

        uint? number = Class(call);
        string name = CipNames.Service(number, service) ?? string.Create(CultureInfo.InvariantCulture, $"service 0x{service:x2}");
        int pccc = PcccOf(call);
        return pccc != 0 ? string.Create(CultureInfo.InvariantCulture, $"{name} 0x{pccc >> 8:x2}/0x{pccc & 0xFF:x2}")
            : number is null ? name : $"{name} ({CipNames.Class(number)})";
    }

    /// <summary>Gets the display filter of its requests.</summary>
    public static string Filter(long call) => IsCommand(call)
        ? string.Create(CultureInfo.InvariantCulture, $"enip.command == 0x{Service(call):x4}")
        : Class(call) is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"(cip.service == 0x{Service(call):x2} && cip.class == 0x{number:x2})")
        : string.Create(CultureInfo.InvariantCulture, $"cip.service == 0x{Service(call):x2}");

    // Of the typed commands (0x0F) those with which values are read and written, and the processor's mode is set.
    private static IcsAction PcccAction(int pccc) => pccc switch
    {
        0x0F01 or 0x0F68 or 0x0FA1 or 0x0FA2 => IcsAction.Read,
        0x0F00 or 0x0F67 or 0x0FA9 or 0x0FAA or 0x0FAB => IcsAction.Write,
        0x0F3A or 0x0F80 => IcsAction.Configure,
        0x0603 => IcsAction.Identify,
        _ => IcsAction.Other,
    };

    private static long ClassOf(long call) => (call >> ClassShift) & ClassMask;

    private static int PcccOf(long call) => (int)(call >> PcccShift) & 0xFFFF;
}
