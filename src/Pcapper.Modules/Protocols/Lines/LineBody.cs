using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Lines;

/// <summary>Takes the bytes of one direction that stand between lines: mail, literals.</summary>
internal abstract class LineBody
{
    /// <summary>Gets a value indicating whether what comes next is a line again.</summary>
    public bool IsOver { get; protected set; }

    /// <summary>Gets a value indicating whether bytes of it are missing from the capture.</summary>
    public bool HasGap { get; private set; }

    /// <summary>Takes what belongs to it of the bytes that a chunk begins with; returns how many.</summary>
    public abstract int Take(ReadOnlySpan<byte> bytes, in StreamChunk chunk);

    /// <summary>Bytes are missing; returns whether what comes next belongs to it still.</summary>
    public bool Skip(long missing)
    {
        HasGap = true;
        return Miss(missing);
    }

    /// <summary>Bytes are missing; returns whether what comes next belongs to it still.</summary>
    protected abstract bool Miss(long missing);
}
