using System.Globalization;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Modbus;

/// <summary>How Modbus words what industrial protocols do.</summary>
internal sealed class ModbusDialect : IcsDialect
{
    /// <summary>Gets the one.</summary>
    public static ModbusDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Title => "Modbus";

    /// <inheritdoc/>
    public override int Port => ModbusProtocol.Port;

    /// <inheritdoc/>
    public override string StationWord => "unit";

    /// <inheritdoc/>
    public override string FilterName => "modbus";

    /// <inheritdoc/>
    public override string RefusalFilter => "modbus.exception_code";

    /// <inheritdoc/>
    public override string Name(long call) => ModbusCalls.Name(call);

    /// <inheritdoc/>
    public override long Function(long call) => (long)ModbusCalls.Function(call);

    /// <inheritdoc/>
    public override IcsAction Action(long call) => ModbusCalls.Action(call);

    /// <inheritdoc/>
    public override string Table(int table) => table switch
    {
        ModbusTable.Coil => "coil",
        ModbusTable.DiscreteInput => "discrete input",
        ModbusTable.InputRegister => "input register",
        ModbusTable.HoldingRegister => "holding register",
        _ => "queue",
    };

    /// <inheritdoc/>
    public override bool IsBit(int table) => table is ModbusTable.Coil or ModbusTable.DiscreteInput;

    /// <inheritdoc/>
    public override string Refusal(int reason) => ModbusCalls.LogException(reason).Replace('_', ' ').ToLowerInvariant();

    /// <inheritdoc/>
    public override bool IsFailure(int reason) => reason is 4 or 6;

    /// <inheritdoc/>
    public override bool IsUnknown(int reason) => reason is 1 or 2 or 3;

    /// <inheritdoc/>
    public override string Place(IcsPollKey poll) => poll.Address < 0 ? ""
        : poll.Quantity <= 1 ? string.Create(CultureInfo.InvariantCulture, $"{poll.Address}")
        : string.Create(CultureInfo.InvariantCulture, $"{poll.Address}-{poll.Address + poll.Quantity - 1}");

    /// <inheritdoc/>
    public override string CallFilter(long call) => ModbusCalls.Function(call) == ModbusFunction.Diagnostics
        ? string.Create(CultureInfo.InvariantCulture, $"(modbus.func_code == 8 && modbus.diagnostic_code == {ModbusCalls.SubFunction(call)})")
        : string.Create(CultureInfo.InvariantCulture, $"modbus.func_code == {(int)ModbusCalls.Function(call)}");

    /// <inheritdoc/>
    public override string StationFilter(long station) => string.Create(CultureInfo.InvariantCulture, $"mbtcp.unit_id == {station}");
}
