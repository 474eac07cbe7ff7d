using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>The text of a secret; longer than other texts in states, since half of a token is worth nothing.</summary>
public readonly struct SecretKey : IStateKey<SecretKey>
{
    /// <summary>The most characters kept: session tokens fit into a header field of 4 KiB.</summary>
    public const int Longest = 4096;

    private readonly string? _text;

    /// <summary>Initializes a new instance of the <see cref="SecretKey"/> struct; what is too long is cut.</summary>
    public SecretKey(string? text) => _text = text is null || text.Length <= Longest ? text : $"{text.AsSpan(0, Longest - 1)}…";

    /// <summary>Gets the secret; null if it was empty.</summary>
    public Secret? Secret => Secret.From(string.IsNullOrEmpty(_text) ? null : _text);

    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of(_text);

    /// <summary>Compares by code units.</summary>
    public static bool operator ==(SecretKey left, SecretKey right) => left.Equals(right);

    /// <summary>Compares by code units.</summary>
    public static bool operator !=(SecretKey left, SecretKey right) => !left.Equals(right);

    /// <inheritdoc/>
    public static SecretKey Read(ref StateReader reader) => new(reader.Text());

    /// <inheritdoc/>
    public void Write(StateWriter writer) => writer.Text(_text);

    /// <inheritdoc/>
    public int CompareTo(SecretKey other) => string.CompareOrdinal(_text ?? string.Empty, other._text ?? string.Empty);

    /// <inheritdoc/>
    public bool Equals(SecretKey other) => CompareTo(other) == 0;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SecretKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(_text ?? string.Empty, StringComparison.Ordinal);
}
