using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Yara;

/// <summary>Tries rules on what flows carry, unless it is encrypted.</summary>
internal sealed class StreamScans(IContentScanner scanner, Emitter<ContentMatch> matches) : IStreamConsumer
{
    /// <inheritdoc/>
    public StreamWatcher? Watch(FlowContext flow, Transports transport) => matches.IsWanted ? new StreamScan(flow.Id, scanner, matches) : null;
}
