using Pcapper.Modules.Protocols.Modbus;

namespace Pcapper.Tests.Protocols.Modbus;

/// <summary>Modbus messages, made by the specification.</summary>
internal static class ModbusBytes
{
    /// <summary>A message over TCP: transaction, protocol 0, length, unit, function and data.</summary>
    public static byte[] Tcp(int transaction, byte unit, params byte[] pdu) => [.. U16(transaction), 0, 0, .. U16(pdu.Length + 1), unit, .. pdu];

    /// <summary>A frame of a serial line: unit, function and data, checksum.</summary>
    public static byte[] Rtu(byte unit, params byte[] pdu)
    {
        byte[] frame = [unit, .. pdu];
        ushort crc = ModbusCrc.Of(frame);
        return [.. frame, (byte)crc, (byte)(crc >> 8)];
    }

    /// <summary>Function and data of a request that reads.</summary>
    public static byte[] Read(byte function, int address, int quantity) => [function, .. U16(address), .. U16(quantity)];

    /// <summary>Function and data of a response with registers.</summary>
    public static byte[] Registers(byte function, params int[] values) => [function, (byte)(values.Length * 2), .. values.SelectMany(U16)];

    /// <summary>Function and data of a request that writes one coil or register.</summary>
    public static byte[] Write(byte function, int address, int value) => [function, .. U16(address), .. U16(value)];

    private static byte[] U16(int value) => [(byte)(value >> 8), (byte)value];
}
