namespace Pcapper.Engine;

/// <summary>A text of bounded length (<see cref="StateText.Cut"/>), by its code units; a string converts by itself.</summary>
public readonly struct TextKey : IStateKey<TextKey>
{
    private readonly string? _text;

    /// <summary>Initializes a new instance of the <see cref="TextKey"/> struct; null counts as empty.</summary>
    public TextKey(string? text) => _text = StateText.Cut(text);

    /// <summary>Gets the text.</summary>
    public string Text => _text ?? string.Empty;

    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(Text);

    /// <summary>Compares by code units.</summary>
    public static bool operator ==(TextKey left, TextKey right) => left.Equals(right);

    /// <summary>Compares by code units.</summary>
    public static bool operator !=(TextKey left, TextKey right) => !left.Equals(right);

    /// <summary>Makes a key of a text.</summary>
    public static implicit operator TextKey(string? text) => new(text);

    /// <inheritdoc/>
    public static TextKey Read(ref StateReader reader) => new(reader.Text());

    /// <summary>Makes a key of a text (the named form of the conversion).</summary>
    public static TextKey FromString(string? text) => new(text);

    /// <inheritdoc/>
    public void Write(StateWriter writer) => writer.Text(_text);

    /// <inheritdoc/>
    public int CompareTo(TextKey other) => string.CompareOrdinal(Text, other.Text);

    /// <inheritdoc/>
    public bool Equals(TextKey other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TextKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    /// <summary>Gets the text, raw.</summary>
    public override string ToString() => Text;
}
