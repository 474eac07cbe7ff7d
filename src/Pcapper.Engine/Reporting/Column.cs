namespace Pcapper.Engine;

/// <summary>A column of a table.</summary>
/// <param name="Id">Its stable name, <c>snake_case</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Kind">What its cells hold; single cells may hold nothing.</param>
public sealed record Column(string Id, string Title, CellKind Kind = CellKind.Text);
