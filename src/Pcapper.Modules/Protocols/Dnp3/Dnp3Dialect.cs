using System.Globalization;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Dnp3;

/// <summary>How DNP3 words what industrial protocols do.</summary>
internal sealed class Dnp3Dialect : IcsDialect
{
    private const int Relay = 12;
    private const int FirstStatus = 10;

    /// <summary>Gets the one.</summary>
    public static Dnp3Dialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Title => "DNP3";

    /// <inheritdoc/>
    public override int Port => Dnp3Protocol.Port;

    /// <inheritdoc/>
    public override string StationWord => "station";

    /// <inheritdoc/>
    public override string FilterName => "dnp3";

    /// <inheritdoc/>
    public override string RefusalFilter => "dnp3.al.iin";

    /// <inheritdoc/>
    public override string Name(long call) => Dnp3Calls.Name(call);

    /// <inheritdoc/>
    public override long Function(long call) => Dnp3Calls.Function(call);

    /// <inheritdoc/>
    public override IcsAction Action(long call) => Dnp3Calls.Action(call);

    /// <inheritdoc/>
    public override string Table(int table) => (table % Dnp3Apdu.Decimal) switch
    {
        1 => "binary input",
        3 => "double-bit input",
        10 => "binary output",
        Relay => "relay control",
        20 => "counter",
        21 => "frozen counter",
        30 => "analog input",
        31 => "frozen analog input",
        34 => "analog dead-band",
        40 => "analog output",
        41 => "analog control",
        var other => string.Create(CultureInfo.InvariantCulture, $"group {other}"),
    };

    /// <inheritdoc/>
    public override bool IsBit(int table) => table is 1 or 3 or 10 or Relay;

    /// <inheritdoc/>
    public override string Refusal(int reason) => reason switch
    {
        1 => "function not supported",
        2 => "object unknown",
        3 => "parameter error",
        4 => "already executing",
        >= FirstStatus => Dnp3Names.Status(reason - FirstStatus).ToLowerInvariant(),
        _ => string.Create(CultureInfo.InvariantCulture, $"reason {reason}"),
    };

    /// <inheritdoc/>
    public override bool IsFailure(int reason) => reason is 4 or FirstStatus + 6 or FirstStatus + 7;

    /// <inheritdoc/>
    public override bool IsUnknown(int reason) => reason is 1 or 2 or 3 or FirstStatus + 4 or FirstStatus + 12;

    /// <inheritdoc/>
    public override string Place(IcsPollKey poll)
    {
        if (poll.Address < 0)
        {
            return "";
        }

        if (Dnp3Calls.Function(poll.Call) is 3 or 4 or 5 or 6)
        {
            return string.Create(CultureInfo.InvariantCulture, $"output {poll.Address}");
        }

        string more = poll.Quantity > 1 ? string.Create(CultureInfo.InvariantCulture, $" and {poll.Quantity - 1} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"g{poll.Address >> 8}v{poll.Address & 0xFF}{more}");
    }

    /// <inheritdoc/>
    public override string CallFilter(long call) => Dnp3Calls.IsLink(call)
        ? string.Create(CultureInfo.InvariantCulture, $"dnp3.ctl.prifunc == {Dnp3Calls.LinkFunction(call)}")
        : string.Create(CultureInfo.InvariantCulture, $"dnp3.al.func == {Dnp3Calls.Function(call)}");

    /// <inheritdoc/>
    public override string StationFilter(long station) => string.Create(CultureInfo.InvariantCulture, $"dnp3.dst == {station}");

    /// <inheritdoc/>
    public override string Value(int table, long value) => table == Relay ? Dnp3Names.Control((int)value)
        : table >= Dnp3Apdu.Decimal ? ((double)value / Dnp3Apdu.Scale).ToString("0.######", CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override bool IsReport(long call) => Dnp3Calls.Function(call) == 130;
}
