namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>Function codes (Modbus Application Protocol 1.1b3, 6; those above 43 and 9 to 14, 18, 19 are of Modicon).</summary>
public enum ModbusFunction : byte
{
    /// <summary>Reads outputs of one bit.</summary>
    ReadCoils = 1,

    /// <summary>Reads inputs of one bit.</summary>
    ReadDiscreteInputs = 2,

    /// <summary>Reads registers that can be written.</summary>
    ReadHoldingRegisters = 3,

    /// <summary>Reads registers that cannot be written.</summary>
    ReadInputRegisters = 4,

    /// <summary>Sets an output of one bit.</summary>
    WriteSingleCoil = 5,

    /// <summary>Sets a register.</summary>
    WriteSingleRegister = 6,

    /// <summary>Reads eight status bits of a serial device.</summary>
    ReadExceptionStatus = 7,

    /// <summary>Tests, counters and the mode of a serial device, by sub-function.</summary>
    Diagnostics = 8,

    /// <summary>Reads a counter of messages.</summary>
    GetCommEventCounter = 11,

    /// <summary>Reads the log of messages.</summary>
    GetCommEventLog = 12,

    /// <summary>Sets outputs of one bit.</summary>
    WriteMultipleCoils = 15,

    /// <summary>Sets registers.</summary>
    WriteMultipleRegisters = 16,

    /// <summary>Asks what the device is and whether it runs.</summary>
    ReportServerId = 17,

    /// <summary>Reads file records.</summary>
    ReadFileRecord = 20,

    /// <summary>Writes file records.</summary>
    WriteFileRecord = 21,

    /// <summary>Changes bits of a register.</summary>
    MaskWriteRegister = 22,

    /// <summary>Sets some registers and reads others.</summary>
    ReadWriteMultipleRegisters = 23,

    /// <summary>Reads a queue of registers.</summary>
    ReadFifoQueue = 24,

    /// <summary>Carries something else: 13 CANopen, 14 device identification.</summary>
    EncapsulatedInterface = 43,

    /// <summary>UMAS, with which Schneider's tools program controllers.</summary>
    Umas = 90,
}
