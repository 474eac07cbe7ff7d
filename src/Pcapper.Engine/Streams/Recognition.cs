using System.Numerics;
using Pcapper.Packets;

namespace Pcapper.Engine;

/// <summary>
/// What is known so far of which protocol a flow speaks. Bytes that say nothing, or a lost segment, must not hide what comes behind them:
/// it is looked at again and again, ever more rarely. A struct, because each flow has one: pass it by reference.
/// </summary>
internal struct Recognition(Flow flow, Transports transport, Identifier identifier)
{
    private const int FirstBytesKept = 16;
    private const int LooksAtFirst = 4;

    private readonly Flow _flow = flow;
    private readonly Transports _transport = transport;
    private readonly Identifier _identifier = identifier;
    private byte[]? _firstBytes;
    private ulong _excluded;
    private int _looks;
    private int _restarts;

    /// <summary>Gets the first bytes that nothing recognised.</summary>
    public readonly ReadOnlyMemory<byte> FirstBytes => _firstBytes;

    /// <summary>Gets a value indicating whether it is not worth while to look on.</summary>
    public readonly bool IsGivenUp => _looks >= (_transport == Transports.Udp ? Limits.UnknownDatagrams : Limits.UnknownSegments);

    /// <summary>Gets a value indicating whether a protocol was recognised, and then lost.</summary>
    public readonly bool IsRestarted => _restarts > 0;

    private readonly IProtocol? Announced => _flow.AnnouncedAs is Expectation announced ? _identifier.Find(announced.Protocol) : null;

    /// <summary>Judges what both directions have said; <see cref="Confidence.Undecided"/> asks for more.</summary>
    public (Confidence Confidence, IProtocol? Protocol) OfStream(ReadOnlySpan<byte> toResponder, ReadOnlySpan<byte> toOriginator, bool isFinal)
    {
        if (Announced is IProtocol expected)
        {
            return (Confidence.Certain, expected);
        }

        isFinal |= Math.Max(toResponder.Length, toOriginator.Length) >= Limits.ProbeStream;
        (Confidence, IProtocol? Protocol) result = _identifier.Judge(_transport, Head(toResponder), Head(toOriginator), _flow.Id.Key, _excluded, isFinal);
        if (result is (not Confidence.Undecided, null))
        {
            KeepFirstBytes(toResponder.IsEmpty ? toOriginator : toResponder);
        }

        return result;
    }

    /// <summary>Judges a datagram on its own; null if it says nothing.</summary>
    public IProtocol? OfDatagram(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (!IsLookedAt())
        {
            return null;
        }

        if (Announced is IProtocol expected)
        {
            return expected;
        }

        (Confidence confidence, IProtocol? protocol) = OfOne(direction, bytes, isFinal: true);
        bool isConvincing = _looks < LooksAtFirst ? confidence >= Confidence.Plausible
            : confidence == Confidence.Certain || (confidence == Confidence.Plausible && IsUsualPort(protocol));
        if (protocol is not null && isConvincing)
        {
            return protocol;
        }

        KeepFirstBytes(bytes);
        _looks++;
        return null;
    }

    /// <summary>Tells whether a segment may be the beginning of a message, where one can be told.</summary>
    public bool MayBegin(Direction direction, ReadOnlySpan<byte> bytes)
    {
        if (!IsLookedAt())
        {
            return false;
        }

        _looks++;
        return _flow.AnnouncedAs is not null || OfOne(direction, bytes, isFinal: false).Confidence != Confidence.No;
    }

    /// <summary>A protocol that was recognised has been lost: looks again, as at the beginning; false if that happens too often.</summary>
    public bool Restart()
    {
        _looks = 0;
        return _restarts++ < Limits.Restarts;
    }

    /// <summary>A protocol says that the bytes are not its own.</summary>
    public void Exclude(IProtocol protocol) => _excluded |= _identifier.Bit(_transport, protocol);

    /// <summary>Something else may be spoken from here on.</summary>
    public void IncludeAll() => _excluded = 0;

    private static ReadOnlySpan<byte> Head(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, Limits.ProbeStream)];

    private readonly (Confidence Confidence, IProtocol? Protocol) OfOne(Direction direction, ReadOnlySpan<byte> bytes, bool isFinal) => direction == Direction.ToResponder
        ? _identifier.Judge(_transport, Head(bytes), default, _flow.Id.Key, _excluded, isFinal)
        : _identifier.Judge(_transport, default, Head(bytes), _flow.Id.Key, _excluded, isFinal);

    // The first few, then the 8th and 9th, 16th and 17th and so on: of a dialogue, both sides.
    private bool IsLookedAt()
    {
        if (_looks < LooksAtFirst || BitOperations.IsPow2(_looks + 1) || BitOperations.IsPow2(_looks))
        {
            return true;
        }

        _looks++;
        return false;
    }

    // With so many to look at, a likeness alone is too little.
    private readonly bool IsUsualPort(IProtocol? protocol)
        => protocol is not null && (protocol.UsualPorts.Contains(_flow.Id.ResponderPort) || protocol.UsualPorts.Contains(_flow.Id.OriginatorPort));

    private void KeepFirstBytes(ReadOnlySpan<byte> bytes) => _firstBytes ??= bytes[..Math.Min(bytes.Length, FirstBytesKept)].ToArray();
}
