using System.Globalization;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>How S7comm words what industrial protocols do.</summary>
internal sealed class S7Dialect : IcsDialect
{
    /// <summary>Gets the one.</summary>
    public static S7Dialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Title => "S7comm";

    /// <inheritdoc/>
    public override int Port => S7Protocol.Port;

    /// <inheritdoc/>
    public override string StationWord => "slot";

    // Requests for connections are the transport's, which S7comm is in.
    /// <inheritdoc/>
    public override string FilterName => "cotp";

    /// <inheritdoc/>
    public override string RefusalFilter => "s7comm.header.errcls > 0 || s7comm.param.errcod > 0 || s7comm.data.returncode < 0xff || cotp.type == 0x08";

    /// <inheritdoc/>
    public override string Name(long call) => S7Calls.Name(call);

    // Engineers' tools use most functions within minutes: only those that nobody uses tell who tries them.
    /// <inheritdoc/>
    public override long Function(long call) => S7Calls.Tried(call);

    /// <inheritdoc/>
    public override IcsAction Action(long call) => S7Calls.Action(call);

    /// <inheritdoc/>
    public override string Table(int table)
    {
        int block = table & 0xFFFF;
        string area = (table >> 16 & 0xFF) switch
        {
            0x80 => "peripheral",
            0x81 => "input",
            0x82 => "output",
            0x83 => "flag",
            0x84 => string.Create(CultureInfo.InvariantCulture, $"DB{block}"),
            0x85 => string.Create(CultureInfo.InvariantCulture, $"DI{block}"),
            0x86 or 0x87 => "local",
            0x1C => "counter",
            0x1D => "timer",
            var other => string.Create(CultureInfo.InvariantCulture, $"area 0x{other:x2}"),
        };
        string type = (table >> 24) switch
        {
            S7Item.BitType => " bit",
            2 => " byte",
            3 => " char",
            4 => " word",
            5 => " int",
            6 => " dword",
            7 => " dint",
            S7Item.RealType => " real",
            9 => " date",
            0x0A => " time of day",
            0x0B => " time",
            0x0C => " s5time",
            _ => "",
        };
        return area + type;
    }

    /// <inheritdoc/>
    public override bool IsBit(int table) => table >> 24 <= 3;

    /// <inheritdoc/>
    public override string Value(int table, long value) => S7Item.Text(table, value);

    /// <inheritdoc/>
    public override string Refusal(int reason) => S7Names.Reason(reason);

    /// <inheritdoc/>
    public override bool IsFailure(int reason) => S7Names.IsFailure(reason);

    /// <inheritdoc/>
    public override bool IsUnknown(int reason) => S7Names.IsUnknown(reason);

    /// <inheritdoc/>
    public override string Place(IcsPollKey poll)
    {
        if (poll.Address < 0)
        {
            return "";
        }

        if (Action(poll.Call) is IcsAction.Identify or IcsAction.Diagnose)
        {
            return string.Create(CultureInfo.InvariantCulture, $"list 0x{poll.Address:x4}, index {poll.Quantity}");
        }

        int items = S7Values.Items(poll);
        return string.Create(CultureInfo.InvariantCulture, $"{Table(S7Values.Table(poll))} {S7Values.Address(poll)}{(items > 1 ? $" and {items - 1} more" : "")}");
    }

    /// <inheritdoc/>
    public override string CallFilter(long call) => S7Calls.Filter(call);

    /// <inheritdoc/>
    public override string StationFilter(long station) => FilterName;

    /// <inheritdoc/>
    public override bool IsReport(long call) => S7Calls.IsReport(call);
}
