using Pcapper.Engine;

namespace Pcapper.Tests.Building;

/// <summary>Keeps file contents in memory.</summary>
internal sealed class MemoryFileStore : IFileStore
{
    public bool KeepsContents { get; init; }

    public bool HasRoom { get; init; } = true;

    public int Spools { get; private set; }

    public List<(FileTransfer File, byte[]? Content)> Offered { get; } = [];

    public IFileSpool? CreateSpool()
    {
        Spools++;
        return HasRoom ? new Spool() : null;
    }

    public void Offer(FileTransfer file, IFileContent content)
    {
        byte[] bytes = new byte[content.Length];
        Offered.Add((file, content.Read(0, bytes) ? bytes : null));
    }

    private sealed class Spool : IFileSpool
    {
        private byte[] _bytes = [];

        public bool Write(long offset, ReadOnlySpan<byte> bytes)
        {
            if (_bytes.Length < offset + bytes.Length)
            {
                Array.Resize(ref _bytes, checked((int)(offset + bytes.Length)));
            }

            bytes.CopyTo(_bytes.AsSpan((int)offset));
            return true;
        }

        public bool Read(long offset, Span<byte> bytes)
        {
            bytes.Clear();
            ReadOnlySpan<byte> rest = _bytes.AsSpan((int)Math.Min(offset, _bytes.Length));
            rest[..Math.Min(rest.Length, bytes.Length)].CopyTo(bytes);
            return true;
        }

        public void Dispose()
        {
        }
    }
}
