using Pcapper.Engine;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>One connection of SMB 2 and 3: takes compounds apart (MS-SMB2, 3.2.4.1.4) and hands each message to the dialog of its client.</summary>
internal sealed class Smb2Connection(SmbEmitter emitter)
{
    private const int FileHead = Smb2Header.Size + 48 + 512;   // the fixed part of a read or write, and the file's first bytes

    private readonly Smb2Dialog?[] _dialogs = new Smb2Dialog?[2];      // by the way that requests go
    private readonly Smb2Related?[] _compounds = new Smb2Related?[2];

    /// <summary>Tells how many bytes of a message must be at hand before it is taken.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="head">Its first bytes, at least the header.</param>
    /// <param name="total">How many it has.</param>
    public int Needed(Direction direction, ReadOnlySpan<byte> head, int total)
    {
        if (!Smb2Header.TryRead(head, out Smb2Header header) || (header.Next != 0 && header.Next < total))
        {
            return Math.Min(total, Limits.SmbMessage);
        }

        bool isWrite = header is { Command: Smb2Command.Write, IsResponse: false };
        if (isWrite && head.Length < Smb2Header.Size + 32)
        {
            return Math.Min(total, Smb2Header.Size + 32);
        }

        bool isFile = isWrite ? _dialogs[(int)direction]?.IsDataWritten(head) == true
            : header is { Command: Smb2Command.Read, IsResponse: true } && _dialogs[(int)direction.Opposite()]?.IsDataRead(header) == true;
        return Math.Min(total, isFile ? FileHead : Limits.SmbMessage);
    }

    /// <summary>Takes a message, of which only the first bytes may be at hand, or several compounded.</summary>
    public void Take(Direction direction, ReadOnlySpan<byte> bytes, FrameRef frame, Timestamp time)
    {
        Begin(direction);
        while (TakeOne(direction, bytes, bytes.Length, frame, time) is > 0 and var length)
        {
            bytes = bytes[length..];
        }

        Begin(direction);
    }

    /// <summary>A compound begins.</summary>
    public void Begin(Direction direction) => _compounds[(int)direction] = null;

    /// <summary>Takes the first message of what is left of a compound; yields how far the next one is, or zero if there is none.</summary>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="bytes">Its first bytes.</param>
    /// <param name="left">How many bytes the compound still has.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="time">The time.</param>
    public int TakeOne(Direction direction, ReadOnlySpan<byte> bytes, int left, FrameRef frame, Timestamp time)
    {
        if (!Smb2Header.TryRead(bytes, out Smb2Header header))
        {
            emitter.Anomaly("SMB 2 header", frame, time);
            return 0;
        }

        Smb2Related related = _compounds[(int)direction] ??= new Smb2Related();
        if (header.IsRelated && !header.IsResponse && related.Before is { } before)
        {
            header = header with { Session = before.Session, Tree = before.Tree };
        }

        related.Before = header;
        bool isLast = header.Next < Smb2Header.Size || header.Next >= left;
        if (emitter.Admits(direction, header.IsResponse, frame, time))
        {
            Smb2Dialog dialog = _dialogs[(int)emitter.Requests] ??= new Smb2Dialog(emitter, emitter.Requests);
            dialog.Take(direction, header, isLast ? bytes : bytes[..Math.Min(bytes.Length, (int)header.Next)], related, frame, time);
        }

        return isLast ? 0 : (int)header.Next;
    }

    /// <summary>States what was never finished.</summary>
    public void End()
    {
        foreach (Smb2Dialog? dialog in _dialogs)
        {
            dialog?.End();
        }
    }
}
