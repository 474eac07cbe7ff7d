using System.Globalization;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.Enip;

/// <summary>How EtherNet/IP words what industrial protocols do.</summary>
/// <param name="points">The names of points by their numbers, or null while there are none.</param>
internal sealed class EnipDialect(PartMap<NumberKey, Texts>? points = null) : IcsDialect
{
    private const int AddressBits = 32;

    /// <summary>Gets one without names, for what needs none.</summary>
    public static EnipDialect Instance { get; } = new();

    /// <inheritdoc/>
    public override string Title => "EtherNet/IP";

    /// <inheritdoc/>
    public override int Port => EnipProtocol.Port;

    /// <inheritdoc/>
    public override string StationWord => "slot";

    /// <inheritdoc/>
    public override string FilterName => "enip";

    /// <inheritdoc/>
    public override string RefusalFilter => "cip.genstat > 0 || enip.status > 0";

    /// <summary>Gets the address of a poll.</summary>
    public static long PollAddress(int point, long address) => ((long)point << AddressBits) | (uint)address;

    /// <inheritdoc/>
    public override string Name(long call) => CipCalls.Name(call);

    // Tools use many services of many classes: only those that nobody uses tell who tries them.
    /// <inheritdoc/>
    public override long Function(long call) => CipCalls.Tried(call);

    /// <inheritdoc/>
    public override IcsAction Action(long call) => CipCalls.Action(call);

    /// <inheritdoc/>
    public override string Table(int table) => Point(CipType.Point(table));

    /// <inheritdoc/>
    public override bool IsBit(int table) => CipType.Kind(table) == CipType.BitKind;

    /// <inheritdoc/>
    public override string Value(int table, long value) => CipType.Text(table, value);

    /// <inheritdoc/>
    public override string Refusal(int reason) => reason == EnipDialog.OtherStatus ? "other status" : CipNames.Status(reason);

    /// <inheritdoc/>
    public override bool IsFailure(int reason) => reason is 2 or 7;

    /// <inheritdoc/>
    public override bool IsUnknown(int reason) => reason is 4 or 5 or 8 or 0x14 or 0x16;

    /// <inheritdoc/>
    public override string Place(IcsPollKey poll) => poll.Address < 0 ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{Point((int)(poll.Address >> AddressBits))} {(uint)poll.Address}");

    /// <inheritdoc/>
    public override string CallFilter(long call) => CipCalls.Filter(call);

    /// <inheritdoc/>
    public override string StationFilter(long station) => FilterName;

    private string Point(int point) => points?.Find((long)point)?.Values is [var name, ..] ? name : string.Create(CultureInfo.InvariantCulture, $"point {point:x7}");
}
