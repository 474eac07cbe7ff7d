using Pcapper.Engine;
using Pcapper.Modules.Protocols.Ntlm;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>Follows the open files of one SMB 2 connection.</summary>
internal sealed class Smb2Files(SmbEmitter emitter, Smb2Dialog dialog)
{
    private const uint DeleteOnClose = 0x00001000;           // MS-SMB2, 2.2.13
    private const uint PipeTransceive = 0x0011C017;          // FSCTL_PIPE_TRANSCEIVE
    private const byte FileInformation = 1;
    private const byte RenameInformation = 10;               // MS-FSCC, 2.4
    private const byte DispositionInformation = 13;
    private const byte DispositionInformationEx = 64;

    private readonly SmbOpenFiles<Smb2FileId> _files = new(emitter);

    /// <summary>Tells whether what is read from or written to a file is content, which need not be looked at.</summary>
    public bool IsData(Smb2FileId id) => _files.Find(id) is { Tree: not null, Preference: null } file && file.Kind != SmbFileKind.Pipe;

    /// <summary>Takes a request about a file.</summary>
    public void Request(Direction direction, Smb2Request request, ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size);
        switch (request.Command)
        {
            case Smb2Command.Create:
                reader.Skip(40);
                request.IsDelete = (reader.U32Little() & DeleteOnClose) != 0;
                ushort offset = reader.U16Little();
                request.Name = Utf16Text.Decode(Smb2Dialog.Part(message, offset, reader.U16Little())).TrimStart('\\');
                break;
            case Smb2Command.Close:
                reader.Skip(8);
                request.File = Smb2FileId.Read(ref reader);
                break;
            case Smb2Command.Read:
                reader.Skip(8);
                request.Offset = (long)reader.U64Little();
                request.File = Smb2FileId.Read(ref reader);
                break;
            case Smb2Command.Write:
                Write(direction, request, message);
                break;
            case Smb2Command.Ioctl:
                Control(direction, request, message);
                break;
            case Smb2Command.SetInfo:
                Set(request, message);
                break;
        }
    }

    /// <summary>Takes the response to a request about a file.</summary>
    public void Response(Direction direction, in Smb2Header header, Smb2Request request, ReadOnlySpan<byte> message, Smb2Related related, FrameRef frame, Timestamp time)
    {
        bool isSuccess = SmbStatus.IsSuccess(header.Status);
        switch (header.Command)
        {
            case Smb2Command.Create:
                Opened(header, request, message, related);
                break;
            case Smb2Command.Close when isSuccess:
                _files.Close(request.File.IsRelated ? related.File : request.File, request.Frame, request.Time);
                break;
            case Smb2Command.Read when isSuccess || header.Status == SmbStatus.BufferOverflow:
                Read(direction, request, message, related, frame, time);
                break;
            case Smb2Command.Ioctl when (isSuccess || header.Status == SmbStatus.BufferOverflow) && request.IsPipe:
                Answered(direction, request, message, frame, time);
                break;
            case Smb2Command.SetInfo when isSuccess:
                Changed(request, related);
                break;
        }
    }

    /// <summary>States what was done with the files that are still open.</summary>
    public void End() => _files.End();

    private void Opened(in Smb2Header header, Smb2Request request, ReadOnlySpan<byte> message, Smb2Related related)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 24);
        ulong written = reader.U64Little();
        reader.Skip(16);
        ulong size = reader.U64Little();
        reader.Skip(8);
        Smb2FileId id = Smb2FileId.Read(ref reader);
        bool isOpen = SmbStatus.IsSuccess(header.Status) && !reader.Overrun;
        SmbTree? tree = dialog.Tree(request.Session, request.Tree);
        string name = request.Name ?? string.Empty;
        string? account = dialog.Account(request.Session);
        var file = new SmbOpenFile
        {
            Name = name,
            Tree = tree,
            Account = account,
            Size = isOpen ? (long)Math.Min(size, long.MaxValue) : null,
            IsDeletedOnClose = request.IsDelete,
            Association = isOpen && tree?.Kind == SmbFileKind.Pipe ? emitter.Pipe(name, account) : null,
        };
        if (isOpen)
        {
            related.File = id;
            _files.Keep(id, file, request.Frame, request.Time);
        }

        emitter.Opened(file, header.Status, isOpen ? WindowsTime.Of(written) : null, request.Frame, request.Time);
    }

    // MS-SMB2, 2.2.21
    private void Write(Direction direction, Smb2Request request, ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 2);
        ushort dataOffset = reader.U16Little();
        uint length = reader.U32Little();
        var offset = (long)reader.U64Little();
        request.File = Smb2FileId.Read(ref reader);
        if (reader.Overrun)
        {
            return;
        }

        ReadOnlySpan<byte> data = Start(message, dataOffset, length);
        Pipe(direction, request, data, length, request.Frame, request.Time);

        // The file of a compound is not known before the response; its content is counted only when it is.
        if (_files.Find(request.File) is { } file)
        {
            file.Written.Add(offset, length, data, request.Frame, request.Time);
            emitter.Content(file, isWrite: true, offset, length, data, dataOffset - message.Length, request.Frame, request.Time);
            emitter.CountBytes(0, file.Kind == SmbFileKind.Pipe ? 0 : length);
        }
    }

    // MS-SMB2, 2.2.20
    private void Read(Direction direction, Smb2Request request, ReadOnlySpan<byte> message, Smb2Related related, FrameRef frame, Timestamp time)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 2);
        byte dataOffset = reader.U8();
        reader.Skip(1);
        uint length = reader.U32Little();
        if (reader.Overrun)
        {
            return;
        }

        request.File = request.File.IsRelated ? related.File : request.File;
        ReadOnlySpan<byte> data = Start(message, dataOffset, length);
        Pipe(direction, request, data, length, frame, time);
        if (_files.Find(request.File) is { } file)
        {
            file.AddRead(request.Offset, length, data, frame, time);
            emitter.Content(file, isWrite: false, request.Offset, length, data, dataOffset - message.Length, frame, time);
            emitter.CountBytes(file.Kind == SmbFileKind.Pipe ? 0 : length, 0);
        }
    }

    // MS-SMB2, 2.2.31
    private void Control(Direction direction, Smb2Request request, ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 4);
        uint code = reader.U32Little();
        request.File = Smb2FileId.Read(ref reader);
        uint offset = reader.U32Little();
        uint length = reader.U32Little();
        request.IsPipe = code == PipeTransceive;
        if (request.IsPipe && !reader.Overrun)
        {
            Pipe(direction, request, Start(message, offset, length), length, request.Frame, request.Time);
        }
    }

    // MS-SMB2, 2.2.32
    private void Answered(Direction direction, Smb2Request request, ReadOnlySpan<byte> message, FrameRef frame, Timestamp time)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 32);
        uint offset = reader.U32Little();
        uint length = reader.U32Little();
        if (!reader.Overrun)
        {
            Pipe(direction, request, Start(message, offset, length), length, frame, time);
        }
    }

    // MS-SMB2, 2.2.39; MS-FSCC, 2.4.11 and 2.4.42.2
    private static void Set(Smb2Request request, ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message);
        reader.Skip(Smb2Header.Size + 2);
        byte type = reader.U8();
        byte what = reader.U8();
        uint length = reader.U32Little();
        ushort offset = reader.U16Little();
        reader.Skip(6);
        request.File = Smb2FileId.Read(ref reader);
        ReadOnlySpan<byte> data = Smb2Dialog.Part(message, offset, length);
        if (type != FileInformation)
        {
            return;
        }

        if (what == RenameInformation)
        {
            var fields = new WireReader(data);
            fields.Skip(16);
            uint nameLength = fields.U32Little();
            request.Name = Utf16Text.Decode(fields.Take((int)Math.Min(nameLength, int.MaxValue))).TrimStart('\\');
        }

        request.IsDelete = what is DispositionInformation or DispositionInformationEx && data is [var flags, ..] && (flags & 1) != 0;
        request.IsKept = what is DispositionInformation or DispositionInformationEx && !request.IsDelete;
    }

    // As much of a part of a message as is at hand.
    private static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> message, uint offset, uint length)
    {
        ReadOnlySpan<byte> data = offset <= (uint)message.Length ? message[(int)offset..] : default;
        return data[..(int)Math.Min((uint)data.Length, length)];
    }

    private void Pipe(Direction direction, Smb2Request request, ReadOnlySpan<byte> data, long length, FrameRef frame, Timestamp time)
        => _files.TakePiece(request.File, dialog.Account(request.Session), direction, data, length, frame, time);

    private void Changed(Smb2Request request, Smb2Related related)
    {
        if (_files.Find(request.File.IsRelated ? related.File : request.File) is not { } file)
        {
            return;
        }

        if (request.Name is { Length: > 0 } name)
        {
            emitter.Renamed(file, name, request.Frame, request.Time);
        }

        file.IsDeletedOnClose = (file.IsDeletedOnClose || request.IsDelete) && !request.IsKept;
    }
}
