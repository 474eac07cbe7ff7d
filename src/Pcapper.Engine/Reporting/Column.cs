namespace Pcapper.Engine;

/// <summary>A column of a table.</summary>
/// <param name="Id">Its stable name, <c>snake_case</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Kind">What its cells hold; single cells may hold nothing.</param>
public sealed record Column(string Id, string Title, CellKind Kind = CellKind.Text)
{
    /// <summary>Gets how many characters of its texts are shown in any case, where a table must be cut to fit a terminal.</summary>
    public int AtLeast { get; init; }
}
