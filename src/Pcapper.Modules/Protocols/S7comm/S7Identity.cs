namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>Something that a controller says of itself.</summary>
/// <param name="Name">What it is: <c>order number</c>.</param>
/// <param name="Text">What it says, raw.</param>
public readonly record struct S7Identity(string Name, string Text);
