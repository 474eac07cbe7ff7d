namespace Pcapper.Engine;

/// <summary>The secrets that parsers stated.</summary>
internal sealed class SecretsState : AnalyzerState
{
    private const int Most = 100_000;

    public SecretsState() => Texts = Part(new Smallest<SecretTextKey>(Most));

    public Smallest<SecretTextKey> Texts { get; }
}
