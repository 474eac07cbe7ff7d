using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Strings;

/// <summary>How often a secret went from one host to another, when, and where first.</summary>
internal sealed class SecretUse : Group
{
    private const int MostProtocols = 3;

    public SecretUse()
        : base(5)
    {
        Frames = Part(new FrameSample());
        Places = Part(new Smallest<StringPlace>(1));
        When = Part(new Extent());
        Protocols = Part(new Texts(MostProtocols));
        Told = Part(new Count());
    }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets where it was seen first.</summary>
    public Smallest<StringPlace> Places { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }

    /// <summary>Gets the protocols that carried it.</summary>
    public Texts Protocols { get; }

    /// <summary>Gets how often a parser tells it as well, so that <c>--creds</c> judges it.</summary>
    public Count Told { get; }
}
