using System.Runtime.InteropServices;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ics;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Reads the units of ISO transport and puts together what they carry; what that says is for <see cref="S7Dialog"/>.</summary>
internal sealed class S7Parser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int MostBroken = 32;

    // What both sides agree on is at most 960 bytes in S7-400s; parts are rare.
    private const int LongestMessage = 64 * 1024;

    private readonly S7Dialog _dialog = new(flow, bus);
    private readonly List<byte> _toServer = [];
    private readonly List<byte> _toClient = [];
    private bool _isConfirmed;
    private int _broken;

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        switch (CotpUnit.Read(chunk.Bytes, out CotpUnit unit, out int needed))
        {
            case ParseStatus.NeedMore:
                return ParseResult.NeedMore(needed);
            case ParseStatus.Malformed:
                return Broken(direction, chunk);
        }

        _isConfirmed = true;
        _broken = 0;
        var place = new S7Place(direction, chunk.FrameAt(unit.Length - 1), chunk.TimeAt(unit.Length - 1));
        if (unit.Type == CotpUnit.DataTransfer)
        {
            Data(place, unit);
        }
        else
        {
            _dialog.Connection(place, unit);
        }

        return ParseResult.Done(unit.Length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        Parts(direction).Clear();
        return true;
    }

    private List<byte> Parts(Direction direction) => direction == Direction.ToResponder ? _toServer : _toClient;

    private void Data(in S7Place place, in CotpUnit unit)
    {
        List<byte> parts = Parts(place.Direction);
        if (unit.IsLast && parts.Count == 0)
        {
            _dialog.Read(place, unit.Data);
            return;
        }

        if (parts.Count + unit.Data.Length > LongestMessage)
        {
            parts.Clear();
            _dialog.Flow.Fault(place.Direction, place.Frame, place.Time, "message too long");
            return;
        }

        parts.AddRange(unit.Data);
        if (unit.IsLast)
        {
            _dialog.Read(place, CollectionsMarshal.AsSpan(parts));
            parts.Clear();
        }
    }

    // A unit begins where a segment does: with the next one there is hope again.
    private ParseResult Broken(Direction direction, in StreamChunk chunk)
    {
        const string Rule = "no unit of ISO transport";
        if (!_isConfirmed)
        {
            return ParseResult.NotThisProtocol();
        }

        Parts(direction).Clear();
        if (++_broken > MostBroken)
        {
            return ParseResult.Malformed(Rule);
        }

        _dialog.Flow.Fault(direction, chunk.Frame, chunk.Time, Rule);
        return ParseResult.Done(IcsFlow.NextSegment(chunk));
    }
}
