namespace Pcapper.Modules.Protocols.Ics;

/// <summary>Something that the values of a flow do against their habit.</summary>
/// <param name="Kind">What.</param>
/// <param name="Table">The table.</param>
/// <param name="Address">The address of the point, or the first of the block.</param>
/// <param name="Text">The numbers, in words.</param>
public sealed record IcsOddity(IcsOddityKind Kind, int Table, long Address, string Text);
