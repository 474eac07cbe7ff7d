using System.Text;
using Pcapper.Engine;
using Pcapper.Modules.Protocols.Tls;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Quic;

/// <summary>Parses QUIC's Initial packets, which carry the hellos; all others are only noted.</summary>
public sealed class QuicParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const int MaxHistory = 100;
    private const int MaxFailures = 8;         // packets whose protection cannot be removed cost time
    private const int MaxHello = 64 * 1024;

    private readonly Emitter<QuicConnection> _connections = bus.Emitter<QuicConnection>();
    private readonly TlsSession _session = new(flow, bus, TlsTransport.Quic);
    private readonly StringBuilder _history = new();
    private readonly FragmentBuffer[] _crypto = [new(MaxHello), new(MaxHello)];
    private readonly int[] _taken = new int[2];
    private readonly bool[] _sentShort = new bool[2];
    private QuicInitialKeys? _keys;
    private Direction _client;
    private TlsPlace? _first;
    private FrameRef? _serverFrame;
    private uint _version;
    private string? _initialDestination;
    private string? _clientId;
    private string? _serverId;
    private bool _hadRetry;
    private bool _hadNegotiation;
    private bool _isStated;
    private int _failures;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        var place = new TlsPlace(chunk.Frame, chunk.Time);
        ReadOnlySpan<byte> rest = chunk.Bytes;
        while (rest.Length > 0)
        {
            if ((rest[0] & 0x80) == 0)
            {
                return TakeShort(direction, rest, chunk.Bytes.Length);
            }

            if (!QuicLongHeader.TryRead(rest, out QuicLongHeader header))
            {
                return _first is null ? ParseResult.NotThisProtocol() : ParseResult.Done(chunk.Bytes.Length);
            }

            Take(direction, header, rest[..Math.Min(header.Length, rest.Length)], place);
            rest = rest[Math.Min(header.Length, rest.Length)..];
        }

        return ParseResult.Done(chunk.Bytes.Length);
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        _session.End();
        if (_isStated || _first is not { } first)
        {
            return;
        }

        _isStated = true;
        if (_connections.IsWanted)
        {
            _connections.Emit(new QuicConnection
            {
                Flow = flow.Id,
                Frame = first.Frame,
                Time = first.Time,
                Version = _version,
                InitialDestinationId = _initialDestination,
                ClientId = _clientId,
                ServerId = _serverId,
                ServerName = _session.Client?.ServerName,
                ApplicationProtocol = _session.Client?.FirstApplicationProtocol,
                History = _history.ToString(),
                HadRetry = _hadRetry,
                HadVersionNegotiation = _hadNegotiation,
                ServerFrame = _serverFrame,
            });
        }
    }

    private ParseResult TakeShort(Direction direction, ReadOnlySpan<byte> packet, int total)
    {
        if (_first is null || (packet[0] & 0x40) == 0)
        {
            return _first is null ? ParseResult.NotThisProtocol() : ParseResult.Done(total);   // padding behind the last packet
        }

        _sentShort[(int)direction] = true;
        if (_sentShort[0] && _sentShort[1] && !_isStated)
        {
            _session.Establish();
            OnEnd();
        }

        return _isStated ? ParseResult.Finished : ParseResult.Done(total);
    }

    private void Take(Direction direction, in QuicLongHeader header, ReadOnlySpan<byte> packet, TlsPlace place)
    {
        if (_first is null)
        {
            _first = place;
            _client = header.Type == QuicPacketType.VersionNegotiation ? Opposite(direction) : direction;
            _version = header.Version;
        }

        bool isClient = direction == _client;
        if (!isClient)
        {
            _serverFrame ??= place.Frame;
        }

        switch (header.Type)
        {
            case QuicPacketType.VersionNegotiation:
                _hadNegotiation = true;
                break;
            case QuicPacketType.Retry:
                _hadRetry = true;
                Note(direction, 'r');
                break;
            case QuicPacketType.Handshake:
                Note(direction, 'h');
                break;
            case QuicPacketType.ZeroRtt:
                Note(direction, 'z');
                break;
            default:
                Note(direction, QuicVersions.IsKnown(header.Version) ? 'i' : 'u');
                NoteIds(isClient, header);
                TakeInitial(direction, header, packet, place);
                break;
        }
    }

    private void NoteIds(bool isClient, in QuicLongHeader header)
    {
        if (isClient)
        {
            _initialDestination ??= Convert.ToHexStringLower(header.Destination);
            _clientId ??= Convert.ToHexStringLower(header.Source);
        }
        else
        {
            _serverId ??= Convert.ToHexStringLower(header.Source);
            _version = header.Version;   // RFC 9368: the server may go on in another version
        }
    }

    private void TakeInitial(Direction direction, in QuicLongHeader header, ReadOnlySpan<byte> packet, TlsPlace place)
    {
        if (_failures >= MaxFailures || !QuicVersions.IsKnown(header.Version) || packet.Length < header.Length)
        {
            return;
        }

        if (direction == _client)
        {
            _keys ??= new QuicInitialKeys(header.Version, header.Destination);
        }

        if (Open(direction, header, packet) is { } frames)
        {
            TakeFrames(direction, frames, place);
        }
        else
        {
            _failures++;
        }
    }

    /// <summary>Removes the protection; after a Retry or a change of version the keys are new.</summary>
    private byte[]? Open(Direction direction, in QuicLongHeader header, ReadOnlySpan<byte> packet)
    {
        Direction sender = direction == _client ? Direction.ToResponder : Direction.ToOriginator;
        if (_keys?.Open(sender, packet, header.NumberOffset) is { } clear)
        {
            return clear;
        }

        ReadOnlySpan<byte> destination = direction == _client
            ? header.Destination
            : Convert.FromHexString(_initialDestination ?? string.Empty);
        var keys = new QuicInitialKeys(header.Version, destination);
        clear = keys.Open(sender, packet, header.NumberOffset);
        _keys = clear is null ? _keys : keys;
        return clear;
    }

    /// <summary>Takes the frames of an Initial packet (RFC 9000, 12.4): only few kinds may be there.</summary>
    private void TakeFrames(Direction direction, ReadOnlySpan<byte> frames, TlsPlace place)
    {
        var reader = new WireReader(frames);
        while (reader.Remaining > 0 && !reader.Overrun)
        {
            switch (QuicLongHeader.Varint(ref reader))
            {
                case 0 or 1:   // PADDING, PING
                    break;
                case 2:
                    SkipAcknowledgment(ref reader);
                    break;
                case 3:
                    SkipAcknowledgment(ref reader);
                    QuicLongHeader.Varint(ref reader);
                    QuicLongHeader.Varint(ref reader);
                    QuicLongHeader.Varint(ref reader);
                    break;
                case 6:
                    ulong offset = QuicLongHeader.Varint(ref reader);
                    ulong length = QuicLongHeader.Varint(ref reader);
                    ReadOnlySpan<byte> piece = reader.Take((int)Math.Min(length, int.MaxValue));
                    if (!reader.Overrun && _crypto[(int)direction].TryAdd((long)Math.Min(offset, int.MaxValue), piece))
                    {
                        TakeHellos(direction, place);
                    }

                    break;
                case 0x1C:
                    Note(direction, 'c');
                    return;
                default:
                    return;
            }
        }
    }

    private static void SkipAcknowledgment(ref WireReader reader)
    {
        QuicLongHeader.Varint(ref reader);
        QuicLongHeader.Varint(ref reader);
        ulong ranges = QuicLongHeader.Varint(ref reader);
        QuicLongHeader.Varint(ref reader);
        for (; ranges > 0 && reader.Remaining > 0; ranges--)
        {
            QuicLongHeader.Varint(ref reader);
            QuicLongHeader.Varint(ref reader);
        }
    }

    private void TakeHellos(Direction direction, TlsPlace place)
    {
        var reader = new WireReader(_crypto[(int)direction].Contiguous[_taken[(int)direction]..]);
        while (reader.Remaining > 0)
        {
            var type = (TlsHandshakeType)reader.U8();
            ReadOnlySpan<byte> body = reader.Take(reader.U24());
            if (reader.Overrun)
            {
                return;
            }

            _taken[(int)direction] += 4 + body.Length;
            if (type is TlsHandshakeType.ClientHello or TlsHandshakeType.ServerHello)
            {
                Note(direction, 's');
                _session.Handshake(direction, type, body, place);
            }
        }
    }

    private void Note(Direction direction, char letter)
    {
        if (_history.Length < MaxHistory)
        {
            _history.Append(direction == _client ? char.ToUpperInvariant(letter) : letter);
        }
    }

    private static Direction Opposite(Direction direction) => direction == Direction.ToResponder ? Direction.ToOriginator : Direction.ToResponder;
}
