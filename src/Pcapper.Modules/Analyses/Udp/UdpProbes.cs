using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Udp;

/// <summary>Attempts of one host that came to nothing: the peers are the ports (or hosts) that did not answer, the frames the first attempts.</summary>
public sealed class UdpProbes : Activity
{
    private Sketch? _closed;

    /// <summary>Gets how many ports were said to be closed.</summary>
    public long Closed => _closed?.Estimate ?? 0;

    /// <summary>Notes a port that was said to be closed.</summary>
    public void AddClosed(ushort port) => (_closed ??= new Sketch()).Add(new NumberKey(port));

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        if (((UdpProbes)other)._closed is Sketch closed)
        {
            (_closed ??= new Sketch()).Merge(closed);
        }
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        writer.Flag(_closed is not null);
        _closed?.Write(writer);
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        if (reader.Flag())
        {
            _closed = new Sketch();
            _closed.Read(ref reader);
        }
    }
}
