namespace Pcapper.Engine;

/// <summary>Collects the secrets of a capture, so that they can be masked.</summary>
/// <param name="found">Gets them, and whether there were too many.</param>
internal sealed class SecretsAnalyzer(Action<IEnumerable<string>, bool> found) : Analyzer<SecretsState>, IRecordConsumer<CredentialSeen>, IRecordConsumer<SecretSeen>
{
    public const string Name = "secrets";

    public override ModuleInfo Info { get; } = new(Name, "", "Secrets", "", 1, []);

    public override void Subscribe(RecordBus bus)
    {
        bus.Subscribe<CredentialSeen>(this);
        bus.Subscribe<SecretSeen>(this);
    }

    public void Consume(CredentialSeen record)
    {
        if (record.Secret is { } secret)
        {
            State.Texts.Add(SecretTextKey.Of(secret));
        }

        if (record.OnWire is { } wire)
        {
            State.Texts.Add(SecretTextKey.Of(wire));
        }
    }

    public void Consume(SecretSeen record) => State.Texts.Add(SecretTextKey.Of(record.Secret));

    public override void Conclude(SecretsState state, Conclusions conclusions) => found(state.Texts.Keys.Select(key => key.Text), state.Texts.HasMore);
}
