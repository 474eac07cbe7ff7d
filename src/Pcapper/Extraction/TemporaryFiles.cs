using Microsoft.Win32.SafeHandles;
using Pcapper.Engine;

namespace Pcapper.Extraction;

/// <summary>Temporary files for contents that wait, in a folder of their own that goes when the run is over. Only some are open at once.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    private const int MostOpen = 128;

    private readonly Lock _lock = new();
    private readonly LinkedList<Spool> _open = new();
    private string? _folder;
    private int _made;

    /// <summary>Gets why something could not be written, or null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Makes one, or null if that fails.</summary>
    public IFileSpool? Create()
    {
        lock (_lock)
        {
            if (Failure is not null)
            {
                return null;
            }

            try
            {
                _folder ??= Directory.CreateTempSubdirectory("pcapper-").FullName;
                return new Spool(this, Path.Combine(_folder, (++_made).ToString(System.Globalization.CultureInfo.InvariantCulture)));
            }
            catch (Exception e) when (IoReason.Applies(e))
            {
                Failure = IoReason.Of(e);
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Spool spool in _open)
            {
                spool.Handle?.Dispose();
            }

            _open.Clear();
            try
            {
                if (_folder is not null)
                {
                    Directory.Delete(_folder, recursive: true);
                }
            }
            catch (Exception e) when (IoReason.Applies(e))
            {
                Failure ??= IoReason.Of(e);
            }
        }
    }

    private sealed class Spool(TemporaryFiles files, string path) : IFileSpool
    {
        private LinkedListNode<Spool>? _node;
        private bool _exists;

        public SafeFileHandle? Handle { get; private set; }

        public bool Write(long offset, ReadOnlySpan<byte> bytes)
        {
            lock (files._lock)
            {
                try
                {
                    RandomAccess.Write(Open(), bytes, offset);
                    return true;
                }
                catch (Exception e) when (IoReason.Applies(e))
                {
                    files.Failure ??= IoReason.Of(e);
                    return false;
                }
            }
        }

        public bool Read(long offset, Span<byte> bytes)
        {
            lock (files._lock)
            {
                try
                {
                    int read = 0;
                    while (read < bytes.Length && RandomAccess.Read(Open(), bytes[read..], offset + read) is > 0 and var count)
                    {
                        read += count;
                    }

                    bytes[read..].Clear();
                    return true;
                }
                catch (Exception e) when (IoReason.Applies(e))
                {
                    files.Failure ??= IoReason.Of(e);
                    return false;
                }
            }
        }

        public void Dispose()
        {
            lock (files._lock)
            {
                Close();
                try
                {
                    File.Delete(path);
                }
                catch (Exception e) when (IoReason.Applies(e))
                {
                    files.Failure ??= IoReason.Of(e);
                }
            }
        }

        private SafeFileHandle Open()
        {
            if (Handle is null)
            {
                if (files._open.Count >= MostOpen)
                {
                    files._open.First!.Value.Close();
                }

                Handle = File.OpenHandle(path, _exists ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite);
                _exists = true;
                _node = files._open.AddLast(this);
            }
            else if (files._open.Last != _node)
            {
                files._open.Remove(_node!);
                files._open.AddLast(_node!);
            }

            return Handle;
        }

        private void Close()
        {
            if (Handle is not null)
            {
                Handle.Dispose();
                Handle = null;
                files._open.Remove(_node!);
            }
        }
    }
}
