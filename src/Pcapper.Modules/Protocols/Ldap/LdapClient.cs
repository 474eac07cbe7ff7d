using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>What one host asked of one server.</summary>
public sealed class LdapClient : Group
{
    /// <summary>Initializes a new instance of the <see cref="LdapClient"/> class.</summary>
    public LdapClient()
        : base(6)
    {
        Searches = Part(new FrameSample());
        Entries = Part(new Count());
        Bytes = Part(new Count());
        Filters = Part(new KeySet<TextKey>(256));
        Deep = Part(new Count());
        When = Part(new Extent());
    }

    /// <summary>Gets its searches.</summary>
    public FrameSample Searches { get; }

    /// <summary>Gets how many entries came back.</summary>
    public Count Entries { get; }

    /// <summary>Gets how many bytes those had.</summary>
    public Count Bytes { get; }

    /// <summary>Gets the filters.</summary>
    public KeySet<TextKey> Filters { get; }

    /// <summary>Gets how many searches covered whole subtrees.</summary>
    public Count Deep { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
