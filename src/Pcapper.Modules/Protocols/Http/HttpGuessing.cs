using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.Http;

/// <summary>Log-ins of one client at one place.</summary>
internal sealed class HttpGuessing : Group
{
    private const int MaxUsers = 5;
    private const int MaxOutcomes = 16;

    public HttpGuessing()
        : base(6)
    {
        Secrets = Part(new Sketch());
        Users = Part(new Texts(MaxUsers));
        UserCount = Part(new Sketch());
        Outcomes = Part(new PartMap<NumberKey, FrameSample>(MaxOutcomes));
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets how many different secrets were tried.</summary>
    public Sketch Secrets { get; }

    /// <summary>Gets some of the users.</summary>
    public Texts Users { get; }

    /// <summary>Gets how many users there were.</summary>
    public Sketch UserCount { get; }

    /// <summary>Gets the attempts by the answer's status.</summary>
    public PartMap<NumberKey, FrameSample> Outcomes { get; }

    /// <summary>Gets the attempts.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
