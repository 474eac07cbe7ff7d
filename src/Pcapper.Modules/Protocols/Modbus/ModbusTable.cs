namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>The tables of a Modbus device, by the digit with which their addresses traditionally begin.</summary>
internal static class ModbusTable
{
    /// <summary>Outputs of one bit.</summary>
    public const int Coil = 0;

    /// <summary>Inputs of one bit.</summary>
    public const int DiscreteInput = 1;

    /// <summary>Registers that can only be read.</summary>
    public const int InputRegister = 3;

    /// <summary>Registers that can be read and written.</summary>
    public const int HoldingRegister = 4;

    /// <summary>Queues of registers.</summary>
    public const int Fifo = 5;
}
