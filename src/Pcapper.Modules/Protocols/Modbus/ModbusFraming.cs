using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>How long messages are, from their first bytes.</summary>
internal static class ModbusFraming
{
    /// <summary>Transaction, protocol and length, in front of the unit (Modbus Messaging on TCP/IP 1.0b, 3.1.3).</summary>
    public const int HeaderLength = 6;

    /// <summary>The least that the length counts: unit and function.</summary>
    public const int LeastLength = 2;

    /// <summary>The most that the length counts: 253 bytes of function and data, and the unit. A little more is accepted: some devices exceed it.</summary>
    public const int MostLength = 260;

    /// <summary>Unit, function and checksum.</summary>
    public const int LeastRtu = 4;

    private const byte ExceptionBit = 0x80;

    /// <summary>Tells how long function and data are; 0 if that cannot be told from the function; -1 if there are too few bytes to tell.</summary>
    /// <param name="pdu">From the function on.</param>
    /// <param name="isRequest">Whether it asks.</param>
    public static int PduLength(ReadOnlySpan<byte> pdu, bool isRequest)
    {
        if (pdu.IsEmpty)
        {
            return -1;
        }

        if ((pdu[0] & ExceptionBit) != 0)
        {
            return isRequest ? 0 : 2;
        }

        return (ModbusFunction)pdu[0] switch
        {
            ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs or ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters
                => isRequest ? 5 : Counted(pdu, 1),
            ModbusFunction.WriteSingleCoil or ModbusFunction.WriteSingleRegister => 5,
            ModbusFunction.ReadExceptionStatus => isRequest ? 1 : 2,
            ModbusFunction.GetCommEventCounter => isRequest ? 1 : 5,
            ModbusFunction.GetCommEventLog or ModbusFunction.ReportServerId => isRequest ? 1 : Counted(pdu, 1),
            ModbusFunction.WriteMultipleCoils or ModbusFunction.WriteMultipleRegisters => isRequest ? Counted(pdu, 5) : 5,
            ModbusFunction.ReadFileRecord or ModbusFunction.WriteFileRecord => Counted(pdu, 1),
            ModbusFunction.MaskWriteRegister => 7,
            ModbusFunction.ReadWriteMultipleRegisters => isRequest ? Counted(pdu, 9) : Counted(pdu, 1),
            ModbusFunction.ReadFifoQueue => isRequest ? 3 : pdu.Length < 3 ? -1 : 3 + ((pdu[1] << 8) | pdu[2]),
            _ => 0,
        };
    }

    /// <summary>Tells whether a message may be one: its length is what its function says, and its quantities are within bounds.</summary>
    /// <param name="pdu">Function and data, whole.</param>
    /// <param name="isRequest">Whether it asks.</param>
    public static bool Fits(ReadOnlySpan<byte> pdu, bool isRequest)
    {
        if (PduLength(pdu, isRequest) != pdu.Length)
        {
            return IsOfFreeLength(pdu, isRequest);
        }

        // Application Protocol 1.1b3, 6.1 to 6.4: 2000 bits or 125 registers at a time.
        return !isRequest || pdu[0] is 0 or > 4 || pdu.Length < 5 || ((pdu[3] << 8) | pdu[4]) is var quantity && quantity >= 1 && quantity <= (pdu[0] <= 2 ? 2000 : 125);
    }

    /// <summary>Finds an RTU frame at the beginning of bytes.</summary>
    /// <param name="bytes">From the unit on.</param>
    /// <param name="isRequest">Whether it asks.</param>
    /// <returns>Its length with the checksum; 0 if there is none; -1 if there are too few bytes to tell.</returns>
    public static int Rtu(ReadOnlySpan<byte> bytes, bool isRequest)
    {
        if (bytes.Length < LeastRtu)
        {
            return -1;
        }

        int length = PduLength(bytes[1..], isRequest);
        if (length == 0)
        {
            // What says nothing of its length can only be a whole segment.
            return bytes.Length <= MostLength && ModbusCrc.Holds(bytes) ? bytes.Length : 0;
        }

        int whole = 1 + length + 2;
        return length < 0 || whole > bytes.Length ? -1 : whole <= MostLength && ModbusCrc.Holds(bytes[..whole]) ? whole : 0;
    }

    private static bool IsOfFreeLength(ReadOnlySpan<byte> pdu, bool isRequest) => pdu.Length > 0 && (ModbusFunction)pdu[0] switch
    {
        ModbusFunction.Diagnostics => pdu.Length >= 3,
        ModbusFunction.EncapsulatedInterface => pdu.Length >= 2 && pdu[1] is 13 or 14,
        ModbusFunction.Umas => pdu.Length >= 3,
        _ => false,
    } && (isRequest || pdu.Length <= Limits.Message);

    private static int Counted(ReadOnlySpan<byte> pdu, int at) => pdu.Length <= at ? -1 : at + 1 + pdu[at];
}
