using System.Globalization;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>Functions with their sub-functions: their numbers, names, and what they do.</summary>
internal static class ModbusCalls
{
    private const int SubFunctionBits = 16;

    /// <summary>Gets the number of a function with its sub-function.</summary>
    public static long Of(ModbusFunction function, int? subFunction) => ((long)function << SubFunctionBits) | (uint)(subFunction ?? 0);

    /// <summary>Gets the function.</summary>
    public static ModbusFunction Function(long call) => (ModbusFunction)(call >> SubFunctionBits);

    /// <summary>Gets the sub-function, or 0.</summary>
    public static int SubFunction(long call) => (int)(call & ((1 << SubFunctionBits) - 1));

    /// <summary>Tells whether its response has values of points.</summary>
    public static bool IsRead(ModbusFunction function) => function is ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs or ModbusFunction.ReadHoldingRegisters
        or ModbusFunction.ReadInputRegisters or ModbusFunction.ReadFifoQueue or ModbusFunction.ReadWriteMultipleRegisters;

    /// <summary>Tells whether its request sets points.</summary>
    public static bool IsWrite(ModbusFunction function) => function is ModbusFunction.WriteSingleCoil or ModbusFunction.WriteSingleRegister or ModbusFunction.WriteMultipleCoils
        or ModbusFunction.WriteMultipleRegisters or ModbusFunction.MaskWriteRegister or ModbusFunction.ReadWriteMultipleRegisters;

    /// <summary>Tells what it does (1.1b3, 6; for UMAS what is known of it publicly: 30 to 32 bring a program, 33 to 35 fetch it).</summary>
    public static IcsAction Action(long call)
    {
        ModbusFunction function = Function(call);
        int sub = SubFunction(call);
        return function switch
        {
            _ when IsWrite(function) => IcsAction.Write,
            _ when IsRead(function) => IcsAction.Read,
            ModbusFunction.ReportServerId => IcsAction.Identify,
            ModbusFunction.EncapsulatedInterface when sub == 14 => IcsAction.Identify,
            ModbusFunction.ReadFileRecord => IcsAction.ReadFile,
            ModbusFunction.WriteFileRecord => IcsAction.WriteFile,
            ModbusFunction.Diagnostics => sub switch
            {
                1 => IcsAction.Restart,
                4 => IcsAction.ListenOnly,
                10 or 20 => IcsAction.ClearCounters,
                _ => IcsAction.Diagnose,
            },
            ModbusFunction.ReadExceptionStatus or ModbusFunction.GetCommEventCounter or ModbusFunction.GetCommEventLog => IcsAction.Diagnose,
            ModbusFunction.Umas => Umas(sub),
            (ModbusFunction)9 or (ModbusFunction)13 or (ModbusFunction)18 or (ModbusFunction)40 or (ModbusFunction)125 or (ModbusFunction)126 => IcsAction.WriteProgram,
            _ => IcsAction.Other,
        };
    }

    /// <summary>Names it for people.</summary>
    public static string Name(long call)
    {
        ModbusFunction function = Function(call);
        int sub = SubFunction(call);
        return function switch
        {
            ModbusFunction.Diagnostics => Diagnostic(sub),
            ModbusFunction.EncapsulatedInterface => sub switch
            {
                13 => "CANopen",
                14 => "read device identification",
                _ => string.Create(CultureInfo.InvariantCulture, $"encapsulated interface {sub}"),
            },
            ModbusFunction.Umas => UmasName(sub),
            _ => LogName(function) is var name && name.StartsWith("unknown", StringComparison.Ordinal)
                ? string.Create(CultureInfo.InvariantCulture, $"function {(int)function}")
                : name.Replace('_', ' ').ToLowerInvariant(),
        };
    }

    /// <summary>Names a function as Zeek does.</summary>
    public static string LogName(ModbusFunction function) => (int)function switch
    {
        1 => "READ_COILS",
        2 => "READ_DISCRETE_INPUTS",
        3 => "READ_HOLDING_REGISTERS",
        4 => "READ_INPUT_REGISTERS",
        5 => "WRITE_SINGLE_COIL",
        6 => "WRITE_SINGLE_REGISTER",
        7 => "READ_EXCEPTION_STATUS",
        8 => "DIAGNOSTICS",
        9 => "PROGRAM_CONTROLLER",
        10 => "POLL_CONTROLLER",
        11 => "GET_COMM_EVENT_COUNTER",
        12 => "GET_COMM_EVENT_LOG",
        13 => "PROGRAM_584_984",
        14 => "POLL_584_984",
        15 => "WRITE_MULTIPLE_COILS",
        16 => "WRITE_MULTIPLE_REGISTERS",
        17 => "REPORT_SLAVE_ID",
        18 => "PROGRAM_884_M84",
        19 => "RESET_COMM_LINK_884_M84",
        20 => "READ_FILE_RECORD",
        21 => "WRITE_FILE_RECORD",
        22 => "MASK_WRITE_REGISTER",
        23 => "READ_WRITE_MULTIPLE_REGISTERS",
        24 => "READ_FIFO_QUEUE",
        43 => "ENCAP_INTERFACE_TRANSPORT",
        var other => string.Create(CultureInfo.InvariantCulture, $"unknown-{other}"),
    };

    /// <summary>Names an exception as Zeek does.</summary>
    public static string LogException(int code) => code switch
    {
        1 => "ILLEGAL_FUNCTION",
        2 => "ILLEGAL_DATA_ADDRESS",
        3 => "ILLEGAL_DATA_VALUE",
        4 => "SLAVE_DEVICE_FAILURE",
        5 => "ACKNOWLEDGE",
        6 => "SLAVE_DEVICE_BUSY",
        8 => "MEMORY_PARITY_ERROR",
        10 => "GATEWAY_PATH_UNAVAILABLE",
        11 => "GATEWAY_TARGET_DEVICE_FAILED_TO_RESPOND",
        _ => string.Create(CultureInfo.InvariantCulture, $"unknown-{code}"),
    };

    private static string Diagnostic(int sub) => sub switch
    {
        0 => "diagnostics: return query data",
        1 => "diagnostics: restart communications",
        2 => "diagnostics: return register",
        3 => "diagnostics: change delimiter",
        4 => "diagnostics: force listen only",
        10 => "diagnostics: clear counters",
        11 => "diagnostics: bus messages",
        12 => "diagnostics: bus errors",
        13 => "diagnostics: exceptions",
        14 => "diagnostics: server messages",
        15 => "diagnostics: no responses",
        16 => "diagnostics: NAKs",
        17 => "diagnostics: busy",
        18 => "diagnostics: overruns",
        20 => "diagnostics: clear overruns",
        _ => string.Create(CultureInfo.InvariantCulture, $"diagnostics {sub}"),
    };

    private static IcsAction Umas(int sub) => sub switch
    {
        0x02 or 0x03 or 0x04 or 0x06 => IcsAction.Identify,
        0x20 or 0x22 or 0x24 or 0x50 or 0x70 => IcsAction.Read,
        0x21 or 0x23 or 0x25 or 0x71 => IcsAction.Write,
        0x30 or 0x31 or 0x32 => IcsAction.WriteProgram,
        0x33 or 0x34 or 0x35 => IcsAction.ReadProgram,
        0x40 => IcsAction.Start,
        0x41 => IcsAction.Stop,
        _ => IcsAction.Other,
    };

    private static string UmasName(int sub) => sub switch
    {
        0x01 => "UMAS init",
        0x02 => "UMAS read id",
        0x03 => "UMAS read project",
        0x04 => "UMAS read controller",
        0x06 => "UMAS read card",
        0x0A => "UMAS repeat",
        0x10 => "UMAS take reservation",
        0x11 => "UMAS release reservation",
        0x12 => "UMAS keep alive",
        0x20 => "UMAS read memory",
        0x21 => "UMAS write memory",
        0x22 => "UMAS read variables",
        0x23 => "UMAS write variables",
        0x24 => "UMAS read registers",
        0x25 => "UMAS write registers",
        0x30 => "UMAS begin program to controller",
        0x31 => "UMAS program to controller",
        0x32 => "UMAS end program to controller",
        0x33 => "UMAS begin program from controller",
        0x34 => "UMAS program from controller",
        0x35 => "UMAS end program from controller",
        0x40 => "UMAS start controller",
        0x41 => "UMAS stop controller",
        0x50 => "UMAS monitor",
        0x58 => "UMAS check",
        0x70 => "UMAS read objects",
        0x71 => "UMAS write objects",
        0x73 => "UMAS module status",
        _ => string.Create(CultureInfo.InvariantCulture, $"UMAS {sub}"),
    };
}
