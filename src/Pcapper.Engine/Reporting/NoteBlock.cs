namespace Pcapper.Engine;

/// <summary>A sentence or a paragraph.</summary>
public sealed class NoteBlock : Block
{
    internal NoteBlock(string text) => Text = text;

    /// <summary>Gets the text, printable.</summary>
    public string Text { get; }
}
