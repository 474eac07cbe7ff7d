namespace Pcapper.Modules.Protocols.Pop3;

/// <summary>A command that waits for its answer.</summary>
/// <param name="Transaction">What is stated of it.</param>
internal sealed record Pop3Request(Pop3Transaction Transaction)
{
    /// <summary>Gets a value indicating whether a message follows a positive answer.</summary>
    public bool IsMail => Transaction.Command is "RETR" or "TOP";

    /// <summary>Gets a value indicating whether lines follow a positive answer (RFC 1939, 5; RFC 2449, 5).</summary>
    public bool IsList => Transaction is { Command: "CAPA" } or { Command: "LIST" or "UIDL" or "LANG", Argument.Length: 0 };
}
