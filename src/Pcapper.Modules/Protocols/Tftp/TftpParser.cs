using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tftp;

/// <summary>
/// Parses TFTP (RFC 1350) with options (RFC 2347 to 2349, 7440). The server answers a request from a port of its own, so that the transfer is
/// another flow, which the request announces.
/// </summary>
public sealed class TftpParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private const ushort ReadRequest = 1;
    private const ushort WriteRequest = 2;
    private const ushort Data = 3;
    private const ushort Acknowledgment = 4;
    private const ushort Error = 5;
    private const ushort OptionAcknowledgment = 6;

    private readonly Emitter<TftpRequest> _requests = bus.Emitter<TftpRequest>();
    private readonly FlowFiles _files = new(flow, bus, "tftp");
    private TftpTransfer? _transfer = flow.AnnouncedAs?.Tag as TftpTransfer;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        var reader = new WireReader(chunk.Bytes);
        ushort operation = reader.U16();
        ushort number = operation is Data or Acknowledgment or Error ? reader.U16() : (ushort)0;
        if (reader.Overrun)
        {
            return ParseResult.Malformed("packet too short");
        }

        switch (operation)
        {
            case ReadRequest or WriteRequest:
                List<string> texts = TftpOptions.ReadTexts(reader.Rest);
                if (texts.Count < 2)
                {
                    return ParseResult.Malformed("request");
                }

                Request(direction, operation == WriteRequest, texts, chunk);
                break;
            case Data:
                _transfer?.Take(_files, direction, number, reader.Rest, reader.Remaining + chunk.Missing, chunk.Frame, chunk.Time);
                break;
            case OptionAcknowledgment:
                _transfer?.Accept(TftpOptions.Pair(TftpOptions.ReadTexts(reader.Rest)));
                break;
            case Error:
                _transfer?.End(_files, isWhole: false);
                break;
            case Acknowledgment:
                break;
            default:
                return ParseResult.Malformed("operation");
        }

        return ParseResult.Done(Math.Max(1, chunk.Bytes.Length));
    }

    /// <inheritdoc/>
    public override void OnEnd()
    {
        _transfer?.End(_files, isWhole: false);
        _files.End();
    }

    private void Request(Direction direction, bool isWrite, List<string> texts, in StreamChunk chunk)
    {
        (string name, string mode) = (texts[0], texts[1]);
        List<(string Name, string Value)> options = TftpOptions.Pair(texts.Skip(2));
        if (_requests.IsWanted)
        {
            _requests.Emit(new TftpRequest { Flow = flow.Id, Frame = chunk.Frame, Time = chunk.Time, Direction = direction, FileName = name, Mode = mode, IsWrite = isWrite, Options = options });
        }

        IpAddress client = flow.Id.Sender(direction);
        ushort port = direction == Direction.ToResponder ? flow.Id.OriginatorPort : flow.Id.ResponderPort;
        _transfer?.End(_files, isWhole: false);
        _transfer = new TftpTransfer
        {
            Name = name,
            Location = $"tftp://{flow.Id.Receiver(direction)}/{name}",
            IsText = mode.Equals("netascii", StringComparison.OrdinalIgnoreCase),
            Size = isWrite ? TftpOptions.Number(options, "tsize") : null,
        };
        flow.Expect(new Expectation(client, port, IpProtocol.Udp, TftpProtocol.ProtocolName, _transfer));
    }
}
