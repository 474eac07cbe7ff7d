using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Ntlm;

/// <summary>What a server tells of itself in its challenges.</summary>
internal sealed class NtlmServerFacts : Group
{
    private const int MostTexts = 5;

    public NtlmServerFacts()
        : base(5)
    {
        When = Part(new Extent());
        Logins = Part(new Count());
        Names = Part(new Texts(MostTexts));
        Domains = Part(new Texts(MostTexts));
        Forests = Part(new Texts(MostTexts));
    }

    public Extent When { get; }

    public Count Logins { get; }

    public Texts Names { get; }

    public Texts Domains { get; }

    public Texts Forests { get; }
}
