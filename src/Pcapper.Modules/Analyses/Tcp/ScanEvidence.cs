using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>Attempts of one host that failed, by kind of scan: the peers are the ports or hosts that failed, the frames the first of them.</summary>
public sealed class ScanEvidence : Activity
{
    private Smallest<EndpointKey>? _open;

    /// <summary>Gets up to ten endpoints that were found open.</summary>
    public IReadOnlyList<EndpointKey> Open => _open?.Keys ?? [];

    /// <summary>Gets a value indicating whether more were found open than are kept.</summary>
    public bool HasMoreOpen => _open?.HasMore == true;

    /// <summary>Notes an endpoint that was found open.</summary>
    public void AddOpen(EndpointKey server) => (_open ??= new Smallest<EndpointKey>()).Add(server);

    /// <inheritdoc/>
    public override void Merge(IStatePart other)
    {
        base.Merge(other);
        if (((ScanEvidence)other)._open is Smallest<EndpointKey> open)
        {
            (_open ??= new Smallest<EndpointKey>()).Merge(open);
        }
    }

    /// <inheritdoc/>
    public override void Write(StateWriter writer)
    {
        base.Write(writer);
        writer.Flag(_open is not null);
        _open?.Write(writer);
    }

    /// <inheritdoc/>
    public override void Read(ref StateReader reader)
    {
        base.Read(ref reader);
        if (reader.Flag())
        {
            _open = new Smallest<EndpointKey>();
            _open.Read(ref reader);
        }
    }
}
