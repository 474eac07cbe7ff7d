using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Tftp;

/// <summary>A transfer under way: what was asked for, and where it stands.</summary>
internal sealed class TftpTransfer
{
    private const int UsualBlock = 512;       // RFC 1350, 2
    private const int SmallestBlock = 8;      // RFC 2348
    private const int LargestBlock = 65464;

    private int _blockSize = UsualBlock;
    private long _latest;
    private CarriedFile? _file;

    public required string Name { get; init; }

    public required string Location { get; init; }

    public required bool IsText { get; init; }

    /// <summary>Gets or sets how many bytes were announced, or null (RFC 2349).</summary>
    public long? Size { get; set; }

    public bool IsOver { get; private set; }

    /// <summary>Takes the options that the server accepted.</summary>
    public void Accept(List<(string Name, string Value)> options)
    {
        if (TftpOptions.Number(options, "blksize") is >= SmallestBlock and <= LargestBlock and var size)
        {
            _blockSize = (int)size;
        }

        Size = TftpOptions.Number(options, "tsize") ?? Size;
    }

    /// <summary>Takes a block.</summary>
    /// <param name="files">Where files are made.</param>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="number">Its number, which starts anew behind 65,535.</param>
    /// <param name="data">What of it was captured.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="frame">Its frame.</param>
    /// <param name="time">Its time.</param>
    public void Take(FlowFiles files, Direction direction, ushort number, ReadOnlySpan<byte> data, int length, FrameRef frame, Timestamp time)
    {
        if (IsOver || !files.AreWanted || length > _blockSize)
        {
            return;
        }

        // Of all blocks with this number the one that is nearest to the latest.
        long block = _latest + (short)(number - (ushort)_latest);
        if (block < 1)
        {
            return;
        }

        _latest = Math.Max(_latest, block);
        _file ??= IsText ? files.Hold(direction, frame, time) : files.Open(direction, frame, time);
        if (_file is null || _file.Direction != direction)
        {
            return;
        }

        long offset = (block - 1) * _blockSize;
        _file.WriteAt(offset, data, frame, time);
        if (length < _blockSize)
        {
            Size = IsText ? Size : offset + length;
            IsOver = _file.Prefix >= offset + data.Length;
            if (IsOver)
            {
                End(files, isWhole: true);
            }
        }
    }

    /// <summary>The transfer is over.</summary>
    public void End(FlowFiles files, bool isWhole)
    {
        IsOver = true;
        CarriedFile? file = _file;
        _file = null;
        if (file is not null && IsText)
        {
            file = Decode(files, file);
        }

        if (file is not null)
        {
            file.Name = Name;
            file.Location = Location;
            file.TotalBytes = IsText ? null : Size;
            file.End(isWhole);
        }
    }

    // Netascii (RFC 764; RFC 1350, 1): line ends travel as CR LF, a CR alone as CR NUL.
    private static CarriedFile? Decode(FlowFiles files, CarriedFile sent)
    {
        CarriedFile? file = files.Open(sent.Direction, sent.Frame, sent.Time);
        if (file is not null)
        {
            var buffer = new byte[16 * 1024];
            var plain = new byte[buffer.Length * 2];
            bool isReturn = false;
            for (long at = 0; at < sent.Prefix;)
            {
                Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, sent.Prefix - at));
                if (!sent.Read(at, piece))
                {
                    file.IsCut = true;
                    break;
                }

                int count = 0;
                foreach (byte value in piece)
                {
                    if (isReturn && value is not ((byte)'\n' or 0))
                    {
                        plain[count++] = (byte)'\r';
                    }

                    if (isReturn && value == 0)
                    {
                        plain[count++] = (byte)'\r';
                    }
                    else if (value != '\r')
                    {
                        plain[count++] = value;
                    }

                    isReturn = value == '\r';
                }

                file.Append(plain.AsSpan(0, count), sent.LastFrame, sent.LastTime);
                at += piece.Length;
            }

            file.IsCut |= sent.Prefix < sent.Length;
        }

        sent.Drop();
        return file;
    }
}
