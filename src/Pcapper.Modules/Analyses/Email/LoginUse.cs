using Pcapper.Engine;

namespace Pcapper.Modules.Analyses.Email;

/// <summary>How often somebody logged in.</summary>
internal sealed class LoginUse : Group
{
    public LoginUse()
        : base(5)
    {
        Accepted = Part(new Count());
        Refused = Part(new Count());
        Schemes = Part(new Texts());
        Frames = Part(new FrameSample());
        When = Part(new Extent());
    }

    /// <summary>Gets how often the server let in.</summary>
    public Count Accepted { get; }

    /// <summary>Gets how often it refused.</summary>
    public Count Refused { get; }

    /// <summary>Gets how secrets were sent.</summary>
    public Texts Schemes { get; }

    /// <summary>Gets the first frames.</summary>
    public FrameSample Frames { get; }

    /// <summary>Gets when.</summary>
    public Extent When { get; }
}
