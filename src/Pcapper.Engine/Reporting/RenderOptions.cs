namespace Pcapper.Engine;

/// <summary>How a report should look. Nothing here changes what it says in JSON.</summary>
public sealed record RenderOptions
{
    /// <summary>Gets the columns of the terminal.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Gets a value indicating whether cells of tables are whole, however long lines get: for files, not for terminals.</summary>
    public bool WholeCells { get; init; }

    /// <summary>Gets a value indicating whether all rows and details are shown.</summary>
    public bool Verbose { get; init; }

    /// <summary>Gets a value indicating whether severities and headings are coloured.</summary>
    public bool Color { get; init; }

    /// <summary>Gets a value indicating whether characters beyond ASCII may be used; if not, they are escaped.</summary>
    public bool Unicode { get; init; } = true;

    /// <summary>Gets how many findings are shown unless <see cref="Verbose"/>.</summary>
    public int Findings { get; init; } = 6;
}
