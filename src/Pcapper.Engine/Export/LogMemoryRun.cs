namespace Pcapper.Engine;

/// <summary>Rows that never left memory.</summary>
internal sealed class LogMemoryRun : LogRun
{
    private readonly LogBuffer _buffer;
    private int _next;

    public LogMemoryRun(LogBuffer buffer)
    {
        buffer.Sort();
        _buffer = buffer;
    }

    public override bool TryNext()
    {
        if (_next == _buffer.Count)
        {
            return false;
        }

        (Key, Bytes) = _buffer.Row(_next++);
        return true;
    }
}
