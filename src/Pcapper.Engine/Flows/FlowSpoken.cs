namespace Pcapper.Engine;

/// <summary>What is kept of what a flow spoke once its parsers are done.</summary>
/// <param name="Services">The protocols, outermost first.</param>
/// <param name="FirstBytes">The first bytes, if nothing was recognised.</param>
internal sealed record FlowSpoken(IReadOnlyList<string> Services, ReadOnlyMemory<byte> FirstBytes);
