namespace Pcapper.Engine;

/// <summary>Content of a file that must wait: in memory while its flow has room, then in temporary storage.</summary>
internal sealed class HeldContent(FlowFiles files) : IDisposable
{
    private const int PageSize = 16 * 1024;

    private readonly SortedDictionary<long, byte[]> _pages = [];
    private IFileSpool? _spool;

    /// <summary>Gets a value indicating whether bytes were lost because there was no room for them.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Takes bytes.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsLost)
        {
            if (_spool is not null)
            {
                Lose(!_spool.Write(offset, bytes));
                return;
            }

            (long number, long at) = Math.DivRem(offset, PageSize);
            int count = (int)Math.Min(bytes.Length, PageSize - at);
            if (Page(number) is { } page)
            {
                bytes[..count].CopyTo(page.AsSpan((int)at));
                bytes = bytes[count..];
                offset += count;
            }
        }
    }

    /// <summary>Gives bytes; false if they are lost.</summary>
    public bool Read(long offset, Span<byte> bytes)
    {
        if (IsLost || _spool is not null)
        {
            return !IsLost && _spool!.Read(offset, bytes);
        }

        while (!bytes.IsEmpty)
        {
            (long number, long at) = Math.DivRem(offset, PageSize);
            int count = (int)Math.Min(bytes.Length, PageSize - at);
            if (_pages.TryGetValue(number, out byte[]? page))
            {
                page.AsSpan((int)at, count).CopyTo(bytes);
            }
            else
            {
                bytes[..count].Clear();
            }

            bytes = bytes[count..];
            offset += count;
        }

        return true;
    }

    /// <summary>Lets go of what stands before an offset.</summary>
    public void Forget(long before)
    {
        while (_pages.Count > 0 && _pages.Keys.First() is var number && (number + 1) * PageSize <= before)
        {
            _pages.Remove(number);
            files.Release(PageSize);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        files.Release(_pages.Count * PageSize);
        _pages.Clear();
        _spool?.Dispose();
        _spool = null;
    }

    // The page in memory; null if there is no room: everything is then in the spool, or lost.
    private byte[]? Page(long number)
    {
        if (_pages.TryGetValue(number, out byte[]? page))
        {
            return page;
        }

        if (files.TryReserve(PageSize))
        {
            page = new byte[PageSize];
            _pages.Add(number, page);
            return page;
        }

        _spool = files.Demand.Store?.CreateSpool();
        Lose(_spool is null || _pages.Any(held => !_spool.Write(held.Key * PageSize, held.Value)));
        files.Release(_pages.Count * PageSize);
        _pages.Clear();
        return null;
    }

    private void Lose(bool isLost)
    {
        if (isLost)
        {
            IsLost = true;
            Dispose();
        }
    }
}
