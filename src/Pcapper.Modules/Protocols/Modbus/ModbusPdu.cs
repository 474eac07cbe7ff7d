using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>What function and data of a message say (Modbus Application Protocol 1.1b3, 6). Numbers that are not in it are -1.</summary>
internal ref struct ModbusPdu
{
    private const int On = 0xFF00;
    private const int DeviceIdentification = 14;
    private const int LeastName = 4;
    private const int MostObjects = 64;

    private ModbusPdu(ModbusFunction function) => Function = function;

    public ModbusFunction Function { get; }

    public int SubFunction { get; private set; } = -1;

    public int Table { get; private set; } = -1;

    public int Address { get; private set; } = -1;

    public int Quantity { get; private set; } = -1;

    public int ReadAddress { get; private set; } = -1;

    public int ReadQuantity { get; private set; } = -1;

    public int AndMask { get; private set; } = -1;

    public int OrMask { get; private set; } = -1;

    /// <summary>Gets the values as they stand in the message: bits lowest first, or registers of two bytes.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Gets what the device says of itself.</summary>
    public List<ModbusIdentity>? Identities { get; private set; }

    /// <summary>Gets a value indicating whether the message ended too early, or its counts contradict each other.</summary>
    public bool IsBroken { get; private set; }

    public readonly bool IsBits => Table is ModbusTable.Coil or ModbusTable.DiscreteInput;

    /// <summary>Gets one of the values.</summary>
    public readonly long Value(int index)
        => Function == ModbusFunction.WriteSingleCoil ? (Data[0] << 8 | Data[1]) == On ? 1 : 0
            : IsBits ? (Data[index / 8] >> (index % 8)) & 1
            : (Data[index * 2] << 8) | Data[(index * 2) + 1];

    /// <summary>Gets how many values the data have room for.</summary>
    public readonly int Held => Function == ModbusFunction.WriteSingleCoil ? Data.Length / 2 : IsBits ? Data.Length * 8 : Data.Length / 2;

    /// <summary>Makes what an exception says of its function: nothing else.</summary>
    public static ModbusPdu Exception(byte function) => new((ModbusFunction)(function & 0x7F));

    /// <summary>Reads one.</summary>
    /// <param name="pdu">Function and data.</param>
    /// <param name="isRequest">Whether it asks.</param>
    public static ModbusPdu Read(ReadOnlySpan<byte> pdu, bool isRequest)
    {
        var reader = new WireReader(pdu);
        var message = new ModbusPdu((ModbusFunction)(reader.U8() & 0x7F));
        if (isRequest)
        {
            message.ReadRequest(ref reader);
        }
        else
        {
            message.ReadAnswer(ref reader);
        }

        message.IsBroken |= reader.Overrun;
        return message;
    }

    private static int TableOf(ModbusFunction function) => function switch
    {
        ModbusFunction.ReadCoils or ModbusFunction.WriteSingleCoil or ModbusFunction.WriteMultipleCoils => ModbusTable.Coil,
        ModbusFunction.ReadDiscreteInputs => ModbusTable.DiscreteInput,
        ModbusFunction.ReadInputRegisters => ModbusTable.InputRegister,
        ModbusFunction.ReadFifoQueue => ModbusTable.Fifo,
        _ => ModbusTable.HoldingRegister,
    };

    private void ReadRequest(ref WireReader reader)
    {
        switch (Function)
        {
            case ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs or ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters:
                ReadPlace(ref reader);
                break;
            case ModbusFunction.WriteSingleCoil or ModbusFunction.WriteSingleRegister:
                ReadSingle(ref reader);
                break;
            case ModbusFunction.WriteMultipleCoils or ModbusFunction.WriteMultipleRegisters:
                ReadPlace(ref reader);
                ReadCounted(ref reader);
                IsBroken |= Held < Quantity;
                break;
            case ModbusFunction.MaskWriteRegister:
                ReadMask(ref reader);
                break;
            case ModbusFunction.ReadWriteMultipleRegisters:
                ReadAddress = reader.U16();
                ReadQuantity = reader.U16();
                ReadPlace(ref reader);
                ReadCounted(ref reader);
                IsBroken |= Held < Quantity;
                break;
            case ModbusFunction.ReadFifoQueue:
                Table = ModbusTable.Fifo;
                Address = reader.U16();
                break;
            case ModbusFunction.ReadFileRecord or ModbusFunction.WriteFileRecord:
                ReadFile(ref reader);
                break;
            default:
                ReadSubFunction(ref reader);
                break;
        }
    }

    private void ReadAnswer(ref WireReader reader)
    {
        switch (Function)
        {
            case ModbusFunction.ReadCoils or ModbusFunction.ReadDiscreteInputs or ModbusFunction.ReadHoldingRegisters or ModbusFunction.ReadInputRegisters
                or ModbusFunction.ReadWriteMultipleRegisters:
                Table = TableOf(Function);
                ReadCounted(ref reader);
                Quantity = Held;
                break;
            case ModbusFunction.WriteSingleCoil or ModbusFunction.WriteSingleRegister:
                ReadSingle(ref reader);
                break;
            case ModbusFunction.WriteMultipleCoils or ModbusFunction.WriteMultipleRegisters:
                ReadPlace(ref reader);
                break;
            case ModbusFunction.MaskWriteRegister:
                ReadMask(ref reader);
                break;
            case ModbusFunction.ReadFifoQueue:
                Table = ModbusTable.Fifo;
                reader.U16();
                Quantity = reader.U16();
                Data = reader.Take(Quantity * 2);
                break;
            case ModbusFunction.ReportServerId:
                ReadName(reader.Take(reader.U8()), ModbusIdentity.ServerId);
                break;
            case ModbusFunction.EncapsulatedInterface:
                ReadIdentification(ref reader);
                break;
            case ModbusFunction.Umas:
                reader.U8();
                SubFunction = reader.U8();
                ReadName(reader.Rest, ModbusIdentity.Umas);
                break;
            default:
                ReadSubFunction(ref reader);
                break;
        }
    }

    private void ReadPlace(ref WireReader reader)
    {
        Table = TableOf(Function);
        Address = reader.U16();
        Quantity = reader.U16();
    }

    private void ReadSingle(ref WireReader reader)
    {
        Table = TableOf(Function);
        Address = reader.U16();
        Quantity = 1;
        Data = reader.Take(2);
    }

    private void ReadMask(ref WireReader reader)
    {
        Table = ModbusTable.HoldingRegister;
        Address = reader.U16();
        Quantity = 1;
        AndMask = reader.U16();
        OrMask = reader.U16();
    }

    private void ReadCounted(ref WireReader reader) => Data = reader.Take(reader.U8());

    private void ReadFile(ref WireReader reader)
    {
        // Each part: kind (6), file, record, length (6.14). The first says where.
        reader.U8();
        if (reader.Remaining >= 7)
        {
            reader.U8();
            Address = reader.U16();
            reader.U16();
            Quantity = reader.U16();
        }
    }

    private void ReadSubFunction(ref WireReader reader)
    {
        switch (Function)
        {
            case ModbusFunction.Diagnostics:
                SubFunction = reader.U16();
                break;
            case ModbusFunction.EncapsulatedInterface:
                SubFunction = reader.U8();
                break;
            case ModbusFunction.Umas:
                reader.U8();
                SubFunction = reader.U8();
                break;
        }
    }

    private void ReadIdentification(ref WireReader reader)
    {
        SubFunction = reader.U8();
        if (SubFunction != DeviceIdentification)
        {
            return;
        }

        reader.Skip(4);
        for (int left = Math.Min((int)reader.U8(), MostObjects); left > 0 && !reader.Overrun; left--)
        {
            int number = reader.U8();
            ReadOnlySpan<byte> value = reader.Take(reader.U8());
            if (!reader.Overrun)
            {
                (Identities ??= []).Add(new ModbusIdentity(number, WireText.Decode(value)));
            }
        }
    }

    // Beside the text are numbers whose meaning differs from maker to maker.
    private void ReadName(ReadOnlySpan<byte> bytes, int number)
    {
        ReadOnlySpan<byte> longest = default;
        while (!bytes.IsEmpty)
        {
            int start = bytes.IndexOfAnyInRange((byte)' ', (byte)'~');
            if (start < 0)
            {
                break;
            }

            bytes = bytes[start..];
            int end = bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~');
            ReadOnlySpan<byte> run = end < 0 ? bytes : bytes[..end];
            longest = run.Length > longest.Length ? run : longest;
            bytes = bytes[run.Length..];
        }

        if (longest.Length >= LeastName)
        {
            Identities = [new ModbusIdentity(number, WireText.Decode(longest).Trim())];
        }
    }
}
