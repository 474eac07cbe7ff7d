using Pcapper.Engine;

namespace Pcapper.Modules.Protocols.S7comm;

/// <summary>What one sends the other in S7comm-plus.</summary>
internal sealed class S7PlusUse : Group
{
    private const int MostVersions = 4;

    /// <summary>Initializes a new instance of the <see cref="S7PlusUse"/> class.</summary>
    public S7PlusUse()
        : base(4)
    {
        Asked = Part(new Count());
        Answered = Part(new Count());
        Versions = Part(new Smallest<NumberKey>(MostVersions));
        Frames = Part(new FrameSample());
    }

    /// <summary>Gets the messages of the client.</summary>
    public Count Asked { get; }

    /// <summary>Gets the messages of the controller.</summary>
    public Count Answered { get; }

    /// <summary>Gets the versions.</summary>
    public Smallest<NumberKey> Versions { get; }

    /// <summary>Gets the frames.</summary>
    public FrameSample Frames { get; }
}
