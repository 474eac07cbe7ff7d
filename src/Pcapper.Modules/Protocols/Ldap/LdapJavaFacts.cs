using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ldap;

/// <summary>The Java objects that one server gave to one client.</summary>
internal sealed class LdapJavaFacts : Group
{
    private const int MostTexts = 3;
    private const int MostPorts = 4;

    public LdapJavaFacts()
        : base(8)
    {
        Frames = Part(new FrameSample());
        When = Part(new Extent());
        Ports = Part(new KeySet<NumberKey>(MostPorts));
        Names = Part(new Texts(MostTexts));
        CodeBases = Part(new Texts(MostTexts));
        Factories = Part(new Texts(MostTexts));
        Serialized = Part(new Count());
        Classes = Part(new Texts(MostTexts));
    }

    public FrameSample Frames { get; }

    public Extent When { get; }

    public KeySet<NumberKey> Ports { get; }

    /// <summary>Gets the entries asked for.</summary>
    public Texts Names { get; }

    public Texts CodeBases { get; }

    public Texts Factories { get; }

    /// <summary>Gets how many answers held a serialized object.</summary>
    public Count Serialized { get; }

    public Texts Classes { get; }

    public void Add(LdapJavaObject found)
    {
        Frames.Add(found.Frame);
        When.Add(found.Time, found.Frame);
        Ports.Add(found.ServerPort);
        Names.Add(found.Name);
        CodeBases.Add(found.CodeBase);
        Factories.Add(found.Factory);
        Serialized.Add(found.SerializedBytes is null ? 0 : 1);
        Classes.Add(found.Class);
    }
}
