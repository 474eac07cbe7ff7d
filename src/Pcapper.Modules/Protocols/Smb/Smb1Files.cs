using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Follows the open files of one SMB 1 connection.</summary>
internal sealed class Smb1Files(SmbEmitter emitter, Smb1Dialog dialog)
{
    private const uint DeleteOnClose = 0x00001000;        // MS-CIFS, 2.2.4.64.1
    private const ushort TransactPipe = 0x0026;           // MS-CIFS, 2.2.5.6
    private const int CreateOptionsOffset = 39;           // among the words of NT_CREATE_ANDX, MS-CIFS, 2.2.4.64.1

    private readonly SmbOpenFiles<ushort> _files = new(emitter);
    private ushort _latest;

    /// <summary>Takes a request about a file.</summary>
    public void Request(Direction direction, in Smb1Header header, in Smb1Block block, Smb1Request request)
    {
        var words = new WireReader(block.Words);
        int at = 0;
        switch (block.Command)
        {
            case Smb1Command.NtCreateAndX:
                words.Skip(CreateOptionsOffset);
                request.IsDelete = (words.U32Little() & DeleteOnClose) != 0;
                request.Name = Path(block.Text(ref at, header.IsUnicode));
                break;
            case Smb1Command.OpenAndX:
                request.Name = Path(block.Text(ref at, header.IsUnicode));
                break;
            case Smb1Command.Open or Smb1Command.Delete:
                at = 1;   // the mark of a text
                request.Name = Path(block.Text(ref at, header.IsUnicode));
                break;
            case Smb1Command.Rename:
                at = 1;
                request.Name = Path(block.Text(ref at, header.IsUnicode));
                at++;
                request.Other = Path(block.Text(ref at, header.IsUnicode));
                break;
            case Smb1Command.Close:
                request.File = words.U16Little();
                break;
            case Smb1Command.ReadAndX:
                words.Skip(4);
                request.File = words.U16Little();
                request.Offset = words.U32Little();
                break;
            case Smb1Command.WriteAndX:
                Write(direction, block, request);
                break;
            case Smb1Command.Transaction:
                Transact(direction, block, request);
                break;
        }
    }

    /// <summary>Takes the response to a request about a file.</summary>
    public void Response(Direction direction, in Smb1Header header, in Smb1Block block, Smb1Request request, FrameRef frame, Timestamp time)
    {
        bool isSuccess = SmbStatus.IsSuccess(header.Status);
        bool isRead = isSuccess || header.Status == SmbStatus.BufferOverflow;
        switch (request.Command)
        {
            case Smb1Command.NtCreateAndX or Smb1Command.OpenAndX or Smb1Command.Open:
                Opened(header, block, request);
                break;
            case Smb1Command.Close when isSuccess && request.File is { } id:
                _files.Close(id, request.Frame, request.Time);
                break;
            case Smb1Command.ReadAndX when isRead:
                Read(direction, block, request, frame, time);
                break;
            case Smb1Command.Transaction when isRead && request.IsPipe:
                Answered(direction, block, request, frame, time);
                break;
            case Smb1Command.Delete or Smb1Command.Rename when isSuccess:
                Changed(header, request);
                break;
        }
    }

    /// <summary>States what was done with the files that are still open.</summary>
    public void End() => _files.End();

    private static string Path(string name) => name.TrimStart('\\');

    private void Opened(in Smb1Header header, in Smb1Block block, Smb1Request request)
    {
        var words = new WireReader(block.Words);
        ushort id = 0;
        ulong written = 0;
        ulong? size = null;
        if (request.Command == Smb1Command.Open)
        {
            id = words.U16Little();
        }
        else if (request.Command == Smb1Command.OpenAndX)
        {
            words.Skip(4);
            id = words.U16Little();
        }
        else
        {
            words.Skip(5);
            id = words.U16Little();
            words.Skip(20);
            written = words.U64Little();
            words.Skip(20);
            size = words.U64Little();
        }

        bool isOpen = SmbStatus.IsSuccess(header.Status) && !words.Overrun;
        SmbTree? tree = dialog.Tree(request.Tree);
        string name = request.Name ?? string.Empty;
        string? account = dialog.Account(request.User);
        var file = new SmbOpenFile
        {
            Name = name,
            Tree = tree,
            Account = account,
            Size = isOpen && size is { } bytes ? (long)Math.Min(bytes, long.MaxValue) : null,
            IsDeletedOnClose = request.IsDelete,
            Association = isOpen && tree?.Kind == SmbFileKind.Pipe ? emitter.Pipe(name, account) : null,
        };
        if (isOpen)
        {
            _latest = id;
            _files.Keep(id, file, request.Frame, request.Time);
        }

        emitter.Opened(file, header.Status, isOpen ? WindowsTime.Of(written) : null, request.Frame, request.Time);
    }

    // MS-CIFS, 2.2.4.43.1
    private void Write(Direction direction, in Smb1Block block, Smb1Request request)
    {
        var words = new WireReader(block.Words);
        words.Skip(4);
        request.File = words.U16Little();
        uint offset = words.U32Little();
        words.Skip(8);
        int high = words.U16Little();
        int length = (high << 16) | words.U16Little();
        ushort dataOffset = words.U16Little();
        if (words.Overrun)
        {
            return;
        }

        uint offsetHigh = words.U32Little();
        long place = words.Overrun ? offset : ((long)offsetHigh << 32) | offset;
        Add(direction, request, block.Part(dataOffset, length), length, place, isWrite: true, request.Frame, request.Time);
    }

    // MS-CIFS, 2.2.4.42.2; MS-SMB, 2.2.4.2.2
    private void Read(Direction direction, in Smb1Block block, Smb1Request request, FrameRef frame, Timestamp time)
    {
        var words = new WireReader(block.Words);
        words.Skip(10);
        int length = words.U16Little();
        ushort dataOffset = words.U16Little();
        length |= words.U16Little() << 16;
        if (words.Overrun)
        {
            return;
        }

        request.File ??= _latest;
        Add(direction, request, block.Part(dataOffset, length), length, request.Offset, isWrite: false, frame, time);
    }

    private void Add(Direction direction, Smb1Request request, ReadOnlySpan<byte> data, long length, long offset, bool isWrite, FrameRef frame, Timestamp time)
    {
        if (length < 0)
        {
            return;
        }

        Pipe(direction, request, data, length, frame, time);
        if (request.File is { } id && _files.Find(id) is { } file)
        {
            if (isWrite)
            {
                file.Written.Add(offset, length, data, frame, time);
            }
            else
            {
                file.AddRead(offset, length, data, frame, time);
            }

            emitter.Content(file, isWrite, offset, length, data, 0, frame, time);
            long counted = file.Kind == SmbFileKind.Pipe ? 0 : length;
            emitter.CountBytes(isWrite ? 0 : counted, isWrite ? counted : 0);
        }
    }

    // MS-CIFS, 2.2.4.33.1 and 2.2.5.6.1
    private void Transact(Direction direction, in Smb1Block block, Smb1Request request)
    {
        var words = new WireReader(block.Words);
        words.Skip(22);
        ushort count = words.U16Little();
        ushort offset = words.U16Little();
        words.Skip(2);
        ushort function = words.U16Little();
        ushort file = words.U16Little();
        if (words.Overrun || function != TransactPipe)
        {
            return;
        }

        request.IsPipe = true;
        request.File = file;
        ReadOnlySpan<byte> data = block.Part(offset, count);
        Pipe(direction, request, data, count, request.Frame, request.Time);
    }

    // MS-CIFS, 2.2.4.33.2
    private void Answered(Direction direction, in Smb1Block block, Smb1Request request, FrameRef frame, Timestamp time)
    {
        var words = new WireReader(block.Words);
        words.Skip(12);
        ushort count = words.U16Little();
        ushort offset = words.U16Little();
        ReadOnlySpan<byte> data = words.Overrun ? default : block.Part(offset, count);
        Pipe(direction, request, data, words.Overrun ? 0 : count, frame, time);
    }

    private void Pipe(Direction direction, Smb1Request request, ReadOnlySpan<byte> data, long length, FrameRef frame, Timestamp time)
    {
        if (request.File is { } id)
        {
            _files.TakePiece(id, dialog.Account(request.User), direction, data, length, frame, time);
        }
    }

    private void Changed(in Smb1Header header, Smb1Request request)
    {
        var file = new SmbOpenFile { Name = request.Name ?? string.Empty, Tree = dialog.Tree(header.Tree), Account = dialog.Account(header.User) };
        if (request.Command == Smb1Command.Rename)
        {
            emitter.Renamed(file, request.Other ?? string.Empty, request.Frame, request.Time);
            return;
        }

        file.IsDeletedOnClose = true;
        emitter.Closed(file, request.Frame, request.Time);
    }
}
