namespace Pcapper.Engine;

/// <summary>A protocol's share of the traffic.</summary>
/// <param name="Protocol">Its name.</param>
/// <param name="Flows">Its flows.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Share">Its share of all bytes, 1 being all.</param>
public sealed record TrafficRow(string Protocol, long Flows, long Bytes, double Share);
