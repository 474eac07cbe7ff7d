namespace Pcapper.Engine;

/// <summary>The beginning of a secret, as much as texts of a report hold.</summary>
internal readonly record struct SecretTextKey(string Text) : IStateKey<SecretTextKey>
{
    private const int Longest = 4096;

    public ulong StableHash => KeyHash.Of(Text);

    public static SecretTextKey Of(Secret secret) => secret.Reveal() is var text && text.Length <= Longest ? new(text) : new(text[..Longest]);

    public static SecretTextKey Read(ref StateReader reader) => new(reader.Text());

    public void Write(StateWriter writer) => writer.Text(Text);

    public int CompareTo(SecretTextKey other) => string.CompareOrdinal(Text, other.Text);
}
