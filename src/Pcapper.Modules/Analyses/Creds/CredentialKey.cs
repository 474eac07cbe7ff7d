using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>A secret that can be read: what it is, whose, and between whom it went.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Protocol">What carried it.</param>
/// <param name="Scheme">How.</param>
/// <param name="User">Whose it is.</param>
/// <param name="Realm">What it is for.</param>
/// <param name="Text">The secret.</param>
/// <param name="Server">Where it was shown.</param>
/// <param name="Client">Who showed it.</param>
public readonly record struct CredentialKey(
    CredentialKind Kind, TextKey Protocol, TextKey Scheme, TextKey User, TextKey Realm, SecretKey Text, EndpointKey Server, AddressKey Client) : IStateKey<CredentialKey>
{
    /// <inheritdoc/>
    public ulong StableHash => KeyHash.Of((long)Kind).And(Protocol).And(Scheme).And(User).And(Realm).And(Text).And(Server).And(Client);

    /// <inheritdoc/>
    public static CredentialKey Read(ref StateReader reader) => new(
        (CredentialKind)reader.Number(0, byte.MaxValue), TextKey.Read(ref reader), TextKey.Read(ref reader), TextKey.Read(ref reader), TextKey.Read(ref reader),
        SecretKey.Read(ref reader), EndpointKey.Read(ref reader), AddressKey.Read(ref reader));

    /// <inheritdoc/>
    public void Write(StateWriter writer)
    {
        writer.Number((long)Kind);
        Protocol.Write(writer);
        Scheme.Write(writer);
        User.Write(writer);
        Realm.Write(writer);
        Text.Write(writer);
        Server.Write(writer);
        Client.Write(writer);
    }

    /// <inheritdoc/>
    public int CompareTo(CredentialKey other)
        => Kind.CompareTo(other.Kind) is not 0 and var k ? k
            : Protocol.CompareTo(other.Protocol) is not 0 and var p ? p
            : Scheme.CompareTo(other.Scheme) is not 0 and var s ? s
            : User.CompareTo(other.User) is not 0 and var u ? u
            : Realm.CompareTo(other.Realm) is not 0 and var r ? r
            : Text.CompareTo(other.Text) is not 0 and var t ? t
            : Server.CompareTo(other.Server) is not 0 and var e ? e
            : Client.CompareTo(other.Client);
}
