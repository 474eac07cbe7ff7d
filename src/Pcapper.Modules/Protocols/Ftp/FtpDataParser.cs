using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Ftp;

/// <summary>Takes what a data connection carries as a file. In stream mode the end of the file is the end of the connection (RFC 959, 3.4.1).</summary>
public sealed class FtpDataParser(FlowContext flow, RecordBus bus) : FlowParser
{
    private readonly FlowFiles _files = new(flow, bus, "ftp-data");
    private readonly FtpDataNote _note = flow.AnnouncedAs?.Tag as FtpDataNote ?? new FtpDataNote();
    private CarriedFile? _file;
    private bool _isBegun;

    /// <inheritdoc/>
    public override bool FollowsOneDirection => true;

    /// <inheritdoc/>
    public override ParseResult Parse(Direction direction, in StreamChunk chunk)
    {
        if (!_isBegun)
        {
            // PROT P (RFC 4217): a handshake of TLS (RFC 8446, 5.1 and 4: a record with a hello of client or server), not the file.
            if (chunk.Bytes is [0x16] or [0x16, 0x03] or [0x16, 0x03, <= 4] or [0x16, 0x03, <= 4, _] or [0x16, 0x03, <= 4, _, _])
            {
                return ParseResult.NeedMore(chunk.Bytes.Length + 1L);
            }

            if (chunk.Bytes is [0x16, 0x03, <= 4, _, _, 1 or 2, ..])
            {
                return ParseResult.NotThisProtocol();
            }

            _isBegun = true;
            _file = _files.Open(direction, chunk.Frame, chunk.Time);
        }

        // Data goes one way only.
        if (_file is null || direction != _file.Direction)
        {
            return ParseResult.Finished;
        }

        _file.Append(chunk.Bytes, chunk.FrameAt(chunk.Bytes.Length - 1), chunk.TimeAt(chunk.Bytes.Length - 1));
        return ParseResult.Done(chunk.Bytes.Length);
    }

    /// <inheritdoc/>
    public override bool OnGap(Direction direction, long missing)
    {
        if (direction == _file?.Direction)
        {
            _file.Gap(missing);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void OnClose(Direction direction, Timestamp time)
    {
        if (direction == _file?.Direction)
        {
            Finish(isWhole: true);
        }
    }

    /// <inheritdoc/>
    public override void OnEnd() => Finish(isWhole: false);

    private void Finish(bool isWhole)
    {
        if (_file is null)
        {
            return;
        }

        if (_note.Command is not null && !_note.IsFile)
        {
            _file.Drop();
        }
        else
        {
            _file.Name = _note.Path;
            _file.TotalBytes = _note.IsFile && _note.Offset == 0 && !_note.IsText ? _note.Size : null;
            _file.IsCut |= _note.Offset > 0 || _note.IsRefused;
            _file.End(isWhole);
        }

        _file = null;
    }
}
