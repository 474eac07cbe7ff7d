using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Creds;

/// <summary>The secrets of one kind that were shown to one server in one protocol.</summary>
internal sealed class CredentialUse : Group
{
    private const int MostUsers = 5;
    private const int MostClients = 1_024;

    public CredentialUse()
        : base(7)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Users = Part(new Texts(MostUsers));
        Schemes = Part(new Texts(MostUsers));
        Clients = Part(new KeySet<AddressKey>(MostClients));
        Succeeded = Part(new Count());
        Weak = Part(new Count());
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public Texts Users { get; }

    public Texts Schemes { get; }

    public KeySet<AddressKey> Clients { get; }

    public Count Succeeded { get; }

    /// <summary>Gets how many of the secrets are those that makers set.</summary>
    public Count Weak { get; }
}
