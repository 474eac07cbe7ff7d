using Pcapper.Engine;
using Pcapper.Modules.Protocols.DceRpc;
using Pcapper.Packets;

namespace Pcapper.Modules.Protocols.Smb;

/// <summary>The open files of one client of a connection, by what it calls them.</summary>
/// <typeparam name="TId">How files are called.</typeparam>
internal sealed class SmbOpenFiles<TId>(SmbEmitter emitter)
    where TId : struct
{
    private readonly RecentMap<TId, SmbOpenFile> _files = new(Limits.SmbFiles);

    /// <summary>Finds a file.</summary>
    public SmbOpenFile? Find(TId id) => _files.Find(id);

    /// <summary>Keeps a file that was opened.</summary>
    public void Keep(TId id, SmbOpenFile file, FrameRef frame, Timestamp time)
    {
        if (_files.Set(id, file, out bool isEvicted) is { } gone)
        {
            gone.IsDeletedOnClose = false;   // its end was not seen
            emitter.Closed(gone, frame, time);
        }

        if (isEvicted)
        {
            emitter.Anomaly("more open files than are kept", frame, time);
        }
    }

    /// <summary>States what was done with a file that was closed.</summary>
    public void Close(TId id, FrameRef frame, Timestamp time)
    {
        if (_files.Remove(id) is { } file)
        {
            emitter.Closed(file, frame, time);
        }
    }

    /// <summary>Hands on what was written to or read from a file if that is a pipe. One that was opened before the capture began is known by what goes through it.</summary>
    /// <param name="id">The file.</param>
    /// <param name="account">Who speaks, if the file was not known.</param>
    /// <param name="direction">Which way it goes.</param>
    /// <param name="data">What is at hand of it.</param>
    /// <param name="length">How many bytes there were.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="time">The time.</param>
    public void TakePiece(TId id, string? account, Direction direction, ReadOnlySpan<byte> data, long length, FrameRef frame, Timestamp time)
    {
        SmbOpenFile? file = _files.Find(id);
        if (file is null or { Association: null, Tree: null } && DceRpcHeader.TryRead(data, out _))
        {
            if (file is null)
            {
                file = new SmbOpenFile { Name = string.Empty, Tree = null, Account = account };
                Keep(id, file, frame, time);
            }

            file.Association = emitter.Pipe(file.Name, file.Account);
        }

        if (file?.Association is not { } pipe)
        {
            return;
        }

        pipe.TakePiece(direction, data, frame, time);
        if (length > data.Length)
        {
            emitter.Anomaly("message of a pipe too long", frame, time);
            pipe.Lose(direction);
        }
    }

    /// <summary>States what was done with the files that are still open.</summary>
    public void End()
    {
        foreach (SmbOpenFile file in _files.Values)
        {
            file.IsDeletedOnClose = false;   // its end was not seen
            emitter.Closed(file, default, default);
        }
    }
}
