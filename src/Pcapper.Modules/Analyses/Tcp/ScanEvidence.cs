using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Tcp;

/// <summary>Attempts of one host that failed, by kind of scan: the peers are the ports or hosts that failed, the frames the first of them.</summary>
public sealed class ScanEvidence : Activity;
